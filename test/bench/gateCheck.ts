import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../harness/repository';
import { median, type BenchRow } from './benchRow';

const RUNS = 21;
const CHECK = [inRepository('dist', 'cli.js'), 'check', '--staged'];

/**
 * What every `git commit` pays for the gate while nothing has changed since the last check, against the time that Node
 * itself takes to start; and what it pays the first time, when a model's metrics are staged.
 */
export async function benchGate(): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'preflight-bench-'));
  try {
    beginProject(root);
    const first = timeNode(root, CHECK);
    const again: number[] = [];
    const node: number[] = [];
    // In turns, so that a busy moment of the machine slows both down.
    for (let run = 0; run < RUNS; run++) {
      again.push(timeNode(root, CHECK));
      node.push(timeNode(root, ['-e', '0']));
    }
    const name = 'check --staged, nothing changed since';
    return [
      { name: 'check --staged, metrics staged for the first time', value: first, unit: 'ms' },
      { name, value: median(again), unit: 'ms' },
      { name, value: median(again) / median(node), unit: 'x', limit: 5, ratioTo: 'node -e 0' },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The sample project in a repository of its own, with metrics staged. */
function beginProject(root: string): void {
  cpSync(inRepository('test', 'projects', 'tumours'), root, { recursive: true });
  const git = (...args: readonly string[]): void => {
    const author = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];
    assert.equal(spawnSync('git', [...author, ...args], { cwd: root, stdio: 'ignore' }).status, 0);
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '-m', 'sample');
  appendFileSync(join(root, 'metrics.json'), '\n');
  git('add', 'metrics.json');
}

/** Milliseconds from start to exit. @throws where the program fails. */
function timeNode(cwd: string, args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd });
  const elapsed = performance.now() - started;
  assert.equal(status, 0, stderr.toString());
  return elapsed;
}
