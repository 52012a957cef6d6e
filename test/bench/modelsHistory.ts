import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRepository } from '../../src/git/repository';
import { listModelVersions } from '../../src/models/listVersions';
import type { Project } from '../../src/project/project';
import { median, type BenchRow } from './benchRow';

const COMMITS = 1000;

/**
 * The metrics of 1,000 commits: our listing, DVC's own (`dvc metrics show --all-commits`, where the Python of the
 * tests has DVC), and, as the floor, `git log` alone.
 */
export async function benchModels(): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'preflight-bench-'));
  try {
    makeHistory(root);
    const found = await findRepository(root);
    assert.ok(found.ok);
    const repository = found.value;
    const project = projectAt(root);
    const ours = await timed(7, async () => {
      const listed = await listModelVersions(project, repository, { max: COMMITS });
      assert.ok(listed.ok);
      assert.equal(listed.value[0]?.versions.length, COMMITS);
      assert.equal(listed.value[0].versions[0]?.metrics['test.auc'], metricsOf(COMMITS).test.auc);
    });
    const log = await timed(7, async () => {
      execFileSync('git', ['log', '--format=%H', '--', 'metrics.json'], { cwd: root });
    });
    const name = `metrics of ${COMMITS} commits`;
    return [
      { name, value: ours, unit: 'ms' },
      ratio(name, ours, log, 'git log of the same path'),
      ...(await compareWithDvc(root, name, ours)),
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function compareWithDvc(root: string, name: string, ours: number): Promise<BenchRow[]> {
  const python = process.env['ML_PREFLIGHT_TEST_PYTHON'];
  if (python === undefined) return [];
  const dvc = (...args: readonly string[]): string =>
    execFileSync(join(dirname(python), 'dvc'), args, {
      cwd: root,
      env: { ...process.env, DVC_NO_ANALYTICS: '1' },
      maxBuffer: 1 << 28,
    }).toString();
  try {
    dvc('--version');
  } catch {
    return [];
  }
  const theirs = await timed(3, async () => {
    const shown = JSON.parse(dvc('metrics', 'show', '--all-commits', '--json')) as object;
    assert.ok(Object.keys(shown).length >= COMMITS);
  });
  const row = ratio(name, ours, theirs, 'dvc metrics show --all-commits');
  return [{ ...row, limit: 0.1 }];
}

function ratio(name: string, ours: number, theirs: number, ratioTo: string): BenchRow {
  return { name, value: ours / theirs, unit: 'x', ratioTo };
}

function metricsOf(index: number) {
  const at = (factor: number): number => Number((((index * factor) % 997) / 997).toFixed(6));
  return {
    train: { auc: at(3), accuracy: at(5), loss: at(7) },
    test: { auc: at(11), accuracy: at(13), loss: at(17), brier: at(19) },
    n_rows: 10_000 + index,
  };
}

/** A DVC project with one metrics file that every commit changes, among code that some change. */
function makeHistory(root: string): void {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: root });
  const parts: string[] = [];
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  for (let index = 1; index <= COMMITS; index++) {
    parts.push(
      'commit refs/heads/main\n',
      `committer Ada <ada@example.org> ${1_700_000_000 + index * 60} +0000\n`,
      data(`Train ${index}`),
      `M 644 inline metrics.json\n${data(JSON.stringify(metricsOf(index), null, 2))}`,
      `M 644 inline train.py\n${data(`print(${Math.floor(index / 10)})`)}`,
    );
    if (index === 1)
      parts.push(
        `M 644 inline dvc.yaml\n${data('metrics:\n  - metrics.json\n')}`,
        `M 644 inline .dvc/config\n${data('')}`,
        `M 644 inline .dvc/.gitignore\n${data('/config.local\n/tmp\n/cache\n')}`,
      );
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: parts.join('') });
  execFileSync('git', ['reset', '--quiet', '--hard'], { cwd: root });
}

function projectAt(root: string): Project {
  const evidence = [{ file: 'dvc.yaml', line: 1 }];
  return {
    root,
    tools: [],
    stages: [],
    datasets: [],
    models: [{ name: 'forest', path: 'model.joblib', metrics: ['metrics.json'], evidence }],
    metrics: [{ path: 'metrics.json', evidence }],
    problems: [],
  };
}

/** The median of the times of several runs, in milliseconds. */
async function timed(runs: number, run: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < runs; index++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return median(times);
}
