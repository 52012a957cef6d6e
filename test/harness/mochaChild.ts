import { runMocha } from './mochaRun';

/** The process in which a mocha suite runs: `mochaChild.ts RESULTS TIMEOUT FILE…`. */
async function main([results, timeout, ...files]: readonly string[]): Promise<void> {
  if (results === undefined) throw new Error('usage: mochaChild.ts RESULTS TIMEOUT FILE…');
  const failures = await runMocha({ results, timeout: Number(timeout), files });
  process.exitCode = Math.min(failures, 1);
}

void main(process.argv.slice(2));
