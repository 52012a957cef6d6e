import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectProjects } from '../../src/project/detectProjects';
import { median, type BenchRow } from './benchRow';

const RUNS = 7;
const MOST = 3;

/** Detection in a repository of 100,000 files, most of them data, against git's listing of the same files. */
export async function benchDetect(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'preflight-detect-'));
  try {
    const count = await makeRepository(root);
    const listing: number[] = [];
    const detection: number[] = [];
    // Turn by turn, so that what else the machine does falls on both.
    for (let run = 0; run <= RUNS; run++) {
      listing.push(await timed(() => listFiles(root)));
      detection.push(await timed(() => detectProjects(root)));
    }
    // The first turn reads the disk.
    const [git, ours] = [median(listing.slice(1)), median(detection.slice(1))];
    const what = `${count.toLocaleString('en-US')} files`;
    return [
      { name: `git ls-files, ${what}`, value: git, unit: 'ms' },
      { name: `detect, ${what}`, value: ours, unit: 'ms' },
      {
        name: `detect against git, ${what}`,
        value: ours / git,
        unit: 'x',
        limit: MOST,
        ratioTo: 'git ls-files --cached --others --exclude-standard',
      },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function listFiles(root: string): void {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard'];
  execFileSync('git', words, { cwd: root, maxBuffer: 1 << 30 });
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const SCRIPT = `import pandas as pd

DATA = "data/tables/table_0.csv"


def main():
    rows = pd.read_csv(DATA)
    rows.to_parquet("out/rows_NUMBER.parquet")


if __name__ == "__main__":
    main()
`;

/** 98,000 images' labels, 1,500 tables, 470 modules that only define things, 30 scripts; half of it committed. */
async function makeRepository(root: string): Promise<number> {
  let count = 0;
  const write = async (folder: string, names: readonly string[], text: string): Promise<void> => {
    await mkdir(join(root, folder), { recursive: true });
    for (const name of names) {
      await writeFile(join(root, folder, name), text.replace('NUMBER', String(count)));
      count++;
    }
  };
  const numbered = (length: number, name: (index: number) => string): string[] =>
    Array.from({ length }, (_, index) => name(index));
  for (let part = 0; part < 490; part++) {
    const names = numbered(200, (index) => `image_${index}.json`);
    await write(`data/labels/part_${part}`, names, '{}\n');
  }
  await write(
    'data/tables',
    numbered(1500, (index) => `table_${index}.csv`),
    'a,b\n1,2\n',
  );
  await write(
    'src/library',
    numbered(470, (index) => `module_${index}.py`),
    'def f():\n    return 1\n',
  );
  await write(
    'src/scripts',
    numbered(30, (index) => `prepare_${index}.py`),
    SCRIPT,
  );
  const git = (...words: string[]): void => {
    execFileSync('git', words, { cwd: root, stdio: 'ignore' });
  };
  git('init', '-q');
  git('add', 'src', 'data/tables', ...numbered(245, (part) => `data/labels/part_${part}`));
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-q', '-m', 'Files');
  return count;
}
