import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stopProcessTree } from './childProcess';
import { inRepository } from './repository';
import { say } from './say';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporaryFolder';
import { listTestFiles } from './testFiles';
import { ONE_FAILED, readResults, type Counts } from './testResults';

const TEST_TIMEOUT = 60_000;
const SUITE_TIMEOUT = 20 * 60_000;
/** What a suite's process may take to end after its last test. Longer means that something was left open. */
const END_TIMEOUT = 10_000;

/** Runs every test file of test/<name> in a Node process of its own. */
export async function runMochaSuite(name: string): Promise<Counts> {
  const files = listTestFiles(inRepository('test', name));
  if (files.length === 0) {
    say(`test/${name} has no test files`);
    return ONE_FAILED;
  }
  const folder = makeTemporaryFolder('results');
  const results = join(folder, 'results.jsonl');
  await writeFile(results, '');
  try {
    const left = await runChild(results, files);
    const counts = readResults(results);
    if (!counts.ended) say(`the process of the suite ${name} died before its end`);
    if (left === undefined) return counts;
    say(`the suite ${name} ${left}`);
    return { ...counts, failed: counts.failed + 1 };
  } finally {
    await removeTemporaryFolder(folder);
  }
}

/** @returns what is wrong with how the process ended, if anything. */
async function runChild(results: string, files: readonly string[]): Promise<string | undefined> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      inRepository('test', 'harness', 'mochaChild.ts'),
      results,
      String(TEST_TIMEOUT),
      ...files,
    ],
    { stdio: 'inherit', cwd: inRepository() },
  );
  const ended = new Promise<'ended'>((resolve) => child.once('close', () => resolve('ended')));
  const deadline = Date.now() + SUITE_TIMEOUT;
  while (Date.now() < deadline) {
    const outcome = await Promise.race([ended, wait(500)]);
    if (outcome === 'ended') return undefined;
    if (!readResults(results).ended) continue;
    if ((await Promise.race([ended, wait(END_TIMEOUT)])) === 'ended') return undefined;
    await stopProcessTree(child);
    return `left something open: its process did not end within ${END_TIMEOUT / 1000} s of its last test`;
  }
  await stopProcessTree(child);
  return `was stopped after ${SUITE_TIMEOUT / 60_000} min`;
}

function wait(milliseconds: number): Promise<'waited'> {
  return new Promise((resolve) => setTimeout(() => resolve('waited'), milliseconds).unref());
}
