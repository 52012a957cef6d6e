// `npm run package [-- --target linux-x64]`: one VSIX for one platform, with DuckDB's native library of that platform.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** VS Code's names of platforms, as npm selects optional packages for them. */
const TARGETS = {
  'darwin-arm64': { os: 'darwin', cpu: 'arm64', nativeFile: 'libduckdb.dylib' },
  'darwin-x64': { os: 'darwin', cpu: 'x64', nativeFile: 'libduckdb.dylib' },
  'linux-arm64': { os: 'linux', cpu: 'arm64', nativeFile: 'libduckdb.so' },
  'linux-x64': { os: 'linux', cpu: 'x64', nativeFile: 'libduckdb.so' },
  'win32-arm64': { os: 'win32', cpu: 'arm64', nativeFile: 'duckdb.dll' },
  'win32-x64': { os: 'win32', cpu: 'x64', nativeFile: 'duckdb.dll' },
};
/** What activation loads must be small; the rest loads when it is first used. */
const LARGEST_ACTIVATION = 400_000;
const PACKAGED = [
  '.vscodeignore',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist',
  'media',
  'package.json',
];

const { values } = parseArgs({
  options: { target: { type: 'string', default: `${process.platform}-${process.arch}` } },
});
const target = TARGETS[values.target];
if (target === undefined) {
  fail(`--target is one of ${Object.keys(TARGETS).join(', ')}, not "${values.target}".`);
}
const repository = resolve(import.meta.dirname, '..');
const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const vsix = join(repository, `${name}-${values.target}-${version}.vsix`);
const staging = join(repository, '.cache', 'package', values.target);

run(process.execPath, ['esbuild.mjs', '--production'], repository);
stage();
run(
  'npx',
  [
    '--no-install',
    'vsce',
    'package',
    '--target',
    values.target,
    '--out',
    vsix,
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ],
  staging,
);
check();

/** Copies what is packaged, and installs the dependencies of the target platform beside it. */
function stage() {
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  for (const item of PACKAGED.filter((item) => existsSync(join(repository, item)))) {
    cpSync(join(repository, item), join(staging, item), { recursive: true });
  }
  const platform = [`--os=${target.os}`, `--cpu=${target.cpu}`];
  if (target.os === 'linux') platform.push('--libc=glibc');
  run(
    'npm',
    ['install', '--omit=dev', '--ignore-scripts', '--no-package-lock', ...platform],
    staging,
  );
}

/** Fails for a package that would start slowly, or not work at all. */
function check() {
  const activation = statSync(join(staging, 'dist', 'extension.js')).size;
  const content = readFileSync(vsix);
  const bindings = `extension/node_modules/@duckdb/node-bindings-${values.target}`;
  console.log(`dist/extension.js: ${(activation / 1000).toFixed(0)} kB`);
  console.log(`${vsix}: ${(content.length / 1e6).toFixed(1)} MB`);
  if (activation > LARGEST_ACTIVATION) {
    fail(
      `dist/extension.js is over ${LARGEST_ACTIVATION / 1000} kB: load more of it on first use.`,
    );
  }
  // A ZIP file has its entries' names in plain text.
  for (const entry of [`${bindings}/duckdb.node`, `${bindings}/${target.nativeFile}`]) {
    if (!content.includes(entry)) fail(`The package lacks DuckDB's ${entry}.`);
  }
}

function run(command, args, cwd) {
  const shell = process.platform === 'win32' && command !== process.execPath;
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell });
  if (status !== 0) fail(`${command} ${args[0]} failed. ${error ?? ''}`);
}

function fail(message) {
  console.error(`package: ${message}`);
  process.exit(1);
}
