import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { run } from '../harness/childProcess';
import { openEditorWindow } from '../harness/editorWindow';
import { inRepository, REPOSITORY } from '../harness/repository';
import { copySample } from '../harness/sampleProject';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import type { ActivationSample } from './activationProbe';
import { median, type BenchRow } from './benchRow';

const STARTS = 7;

/** Activation inside the real VS Code on `tumours`, from the production bundle. */
export async function benchActivation(): Promise<readonly BenchRow[]> {
  await run(process.execPath, [inRepository('esbuild.mjs'), '--production'], { cwd: REPOSITORY });
  const bundle = await stat(inRepository('dist', 'extension.js'));
  const samples = await sampleStarts();
  const idle = samples.at(-1);
  return [
    {
      name: 'activation to the first content of the trees (tumours)',
      value: median(samples.map((sample) => sample.firstContent)),
      unit: 'ms',
      limit: 100,
    },
    {
      name: 'bundle that activation loads, minified',
      value: bundle.size / 1000,
      unit: 'kB',
      limit: 400,
    },
    {
      name: 'child processes when idle',
      value: idle?.children.length ?? NaN,
      unit: 'count',
      limit: 0,
    },
    {
      name: 'timers of the extension host when idle, above those before activation',
      value: Math.min(...samples.map((sample) => sample.timersIdle - sample.timersBefore)),
      unit: 'count',
      limit: 0,
    },
  ];
}

async function sampleStarts(): Promise<readonly ActivationSample[]> {
  const project = await copySample('tumours');
  const folder = makeTemporaryFolder('activation');
  const results = join(folder, 'samples.jsonl');
  const probe = join(folder, 'probe.js');
  try {
    await writeFile(results, '');
    await build({
      entryPoints: [inRepository('test', 'bench', 'activationProbe.ts')],
      outfile: probe,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
      logLevel: 'warning',
    });
    const environment = { ...project.environment, ML_PREFLIGHT_BENCH_RESULTS: results };
    for (let start = 0; start < STARTS; start++) {
      await startOnce(project.root, probe, environment);
    }
    const lines = (await readFile(results, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as ActivationSample);
  } finally {
    await project.dispose();
    await removeTemporaryFolder(folder);
  }
}

async function startOnce(
  folder: string,
  tests: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const window = await openEditorWindow({ folder, extension: REPOSITORY, environment, tests });
  try {
    const code = await window.testsEnded;
    if (code !== 0) throw new Error(`VS Code ended with exit code ${code}.`);
  } finally {
    await window.close();
  }
}
