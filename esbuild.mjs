import { build } from 'esbuild';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Bundles the product into dist/: the two hosts, what the editor loads late, the data engine's process, and one bundle per web view.
 * `--production` minifies and leaves source maps out.
 */
const production = process.argv.includes('--production');
const { version } = JSON.parse(await readFile('package.json', 'utf8'));
const common = {
  define: { PREFLIGHT_VERSION: JSON.stringify(version) },
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  metafile: true,
};
const host = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outdir: 'dist',
  // The build in ES modules, of which only what is used is taken.
  alias: {
    yaml: fileURLToPath(new URL('node_modules/yaml/browser/dist/index.js', import.meta.url)),
  },
};

/** What the editor loads when it is first needed, so that activation does not pay for it: bundles of their own. */
const late = {
  onDemand: 'src/vscode/onDemand.ts',
  codeDetectors: 'src/project/codeDetectors.ts',
  snakemakeStatus: 'src/pipeline/snakemake/snakemakeStatus.ts',
  pythonValues: 'src/project/dvc/pythonValues.ts',
};

/** What the data engine loads when a file needs it. None of them may know the engine's own classes. */
const engineLate = {
  arrowLibrary: 'src/data/engine/arrowLibrary.ts',
  sqlJs: 'src/data/engine/sqlJs.ts',
};

/** Keeps `import('./onDemand')` and its like an import of the bundle beside this one. */
const lateApart = {
  name: 'late-apart',
  setup: ({ onResolve }) => {
    onResolve(
      { filter: new RegExp(`/(?:${Object.keys({ ...late, ...engineLate }).join('|')})$`) },
      ({ kind, path }) =>
        kind === 'dynamic-import' ? { path: `./${basename(path)}.js`, external: true } : undefined,
    );
  },
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist/webview', { recursive: true });

const views = existsSync('webview-ui')
  ? (await readdir('webview-ui', { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && existsSync(`webview-ui/${entry.name}/main.ts`))
      .map((entry) => entry.name)
  : [];

await Promise.all([
  build({
    ...host,
    entryPoints: { extension: 'src/vscode/extension.ts' },
    external: ['vscode'],
    plugins: [lateApart],
  }),
  build({ ...host, entryPoints: late, plugins: [lateApart] }),
  // Without `external: ['vscode']`: a leak of the editor into the command line fails this build.
  build({
    ...host,
    entryPoints: { cli: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({
    ...host,
    entryPoints: { engine: 'src/data/engine/main.ts' },
    external: ['@duckdb/node-api', '@duckdb/node-bindings'],
    plugins: [lateApart],
  }),
  build({ ...host, entryPoints: engineLate }),
  build({
    ...common,
    entryPoints: Object.fromEntries(views.map((name) => [name, `webview-ui/${name}/main.ts`])),
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview-ui/tsconfig.json',
    loader: { '.css': 'text' },
  }),
]);
await cp('node_modules/@vscode/codicons/dist', 'dist/webview/codicons', {
  recursive: true,
  filter: (path) => !/\.(html|svg|csv|json|ts|js)$/.test(path),
});
