// Starts a program of the harness in a fresh clone: `node test/harness/run.mjs NAME ARGUMENT…`. Plain Node without
// dependencies: it installs them first.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');
const modules = join(repository, 'node_modules');
const [name, ...rest] = process.argv.slice(2);
const PROGRAMS = {
  bench: 'test/bench/bench.ts',
  calibration: 'test/bench/calibration/main.ts',
  corruptions: 'test/corruptions/main.ts',
  agreement: 'test/contract/agreement/main.ts',
};
const program = PROGRAMS[name] ?? `test/harness/${name}.ts`;
if (name === undefined || !existsSync(join(repository, program))) {
  console.error(`harness: there is no program ${program}`);
  process.exit(2);
}

if (!areDependenciesInstalled()) {
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci begins by emptying the folder, and follows the link to do so: it may be another checkout's.
    console.error(
      `harness: ${modules} is a link and does not fit package-lock.json; remove the link`,
    );
    process.exit(2);
  }
  console.error('harness: node_modules is missing or older than package-lock.json; running npm ci');
  const code = await run('npm', ['ci'], { shell: process.platform === 'win32' });
  if (code !== 0) process.exit(code);
}
process.exitCode = await run(process.execPath, ['--import', 'tsx', program, ...rest]);

/** npm writes node_modules/.package-lock.json at the end of each installation. */
function areDependenciesInstalled() {
  const installed = join(modules, '.package-lock.json');
  const wanted = join(repository, 'package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs;
}

/** Runs to the end with our streams, passing signals on; returns the exit code. */
function run(command, args, options = {}) {
  const child = spawn(command, args, { cwd: repository, stdio: 'inherit', ...options });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
