import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStatus } from '../../src/pipeline/status/status';
import { DetectionCache } from '../../src/project/detectionCache';
import { detectProjects } from '../../src/project/detectProjects';
import { median, type BenchRow } from './benchRow';

const SCRIPTS = 300;
const STAGES = 30;
const RUNS = 7;
const MOST_MS = 200;
/** Between the event of a saved file and the work, the editor gathers what else was saved (projectWatcher.ts). */
const SETTLE_MS = 80;

/** From a saved file to everything that the tree shows: detection and status, in a process that has done both before. */
export async function benchSavedFile(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'preflight-saved-'));
  try {
    await makeProject(root);
    const cache = new DetectionCache();
    const cold = await timed(() => refresh(root, cache));
    const warm: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      await appendFile(join(root, `src/step_${run}.py`), `\n# saved ${run}\n`);
      warm.push(await timed(() => refresh(root, cache)));
    }
    const what = `${SCRIPTS} scripts and ${STAGES} stages`;
    return [
      { name: `first detection and status, ${what}`, value: cold, unit: 'ms' },
      {
        name: `saved file to updated tree, ${what}, the editor's ${SETTLE_MS} ms of gathering included`,
        value: median(warm) + SETTLE_MS,
        unit: 'ms',
        limit: MOST_MS,
      },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function refresh(root: string, cache: DetectionCache): Promise<void> {
  const projects = await detectProjects(root, { cache });
  if (!projects.ok) throw new Error(projects.problem.message);
  for (const project of projects.value) await readStatus(project, join(root, '.state'));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function makeProject(root: string): Promise<void> {
  await mkdir(join(root, 'src'), { recursive: true });
  await mkdir(join(root, 'data'));
  await mkdir(join(root, '.dvc'));
  await writeFile(join(root, '.dvc/config'), '');
  for (let number = 0; number < SCRIPTS; number++) {
    await writeFile(join(root, `src/step_${number}.py`), scriptOf(number));
    await writeFile(join(root, `data/in_${number}.csv`), 'a,b\n1,2\n');
  }
  const stages = Array.from({ length: STAGES }, (_, number) => stageOf(number));
  await writeFile(join(root, 'dvc.yaml'), `stages:\n${stages.join('')}`);
}

function stageOf(number: number): string {
  return `  step_${number}:
    cmd: python src/step_${number}.py
    deps: [src/step_${number}.py, data/in_${number}.csv]
    outs: [data/out_${number}.csv]
`;
}

/** As long as scripts mostly are. */
function scriptOf(number: number): string {
  const functions = Array.from(
    { length: 8 },
    (_, index) => `
def compute_${index}(rows, factor=${index}):
    """Computes a column from the others."""
    result = rows["a"] * factor + rows["b"]
    if result.mean() > 10:
        for name in ["one", "two", "three"]:
            rows[f"{name}_${index}"] = result / (1 + len(name))
    return rows.assign(column_${index}=result)
`,
  ).join('\n');
  return `import argparse
from pathlib import Path

import pandas as pd

DATA = Path("data")
${functions}

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--input", default="data/in_${number}.csv")
    args = parser.parse_args()
    rows = pd.read_csv(args.input)
    rows = compute_0(rows)
    rows.to_csv(DATA / "out_${number}.csv", index=False)


if __name__ == "__main__":
    main()
`;
}
