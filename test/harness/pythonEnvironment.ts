import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, succeeds } from './childProcess';
import { inRepository } from './repository';
import { say } from './say';
import { ensureTool } from './toolCache';

/** The samples' packages are pinned for this Python: their committed models and metrics depend on it. */
const PYTHON = '3.11';
const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

/** A pinned Python environment that tests need. */
interface PinnedEnvironment {
  /** The variable that names the `bin` folder of one that is there already. */
  readonly variable: string;
  readonly requirements: string;
}

/** The samples' packages (DVC, scikit-learn …). Needs a minute and 700 MB the first time. */
const SAMPLES: PinnedEnvironment = {
  variable: 'ML_PREFLIGHT_TEST_PYTHON',
  requirements: inRepository('test', 'projects', 'requirements.txt'),
};

/** The pipeline tools that the samples do not use (Snakemake, Kedro …). Needs a minute and 600 MB the first time. */
const PIPELINE_TOOLS: PinnedEnvironment = {
  variable: 'ML_PREFLIGHT_TEST_TOOLS',
  requirements: inRepository('test', 'contract', 'requirements.txt'),
};

/** What users validate data with today (Evidently …), for benchmarks. Needs two minutes and 1.5 GB the first time. */
const PEERS: PinnedEnvironment = {
  variable: 'ML_PREFLIGHT_BENCH_PEERS',
  requirements: inRepository('test', 'bench', 'peers', 'requirements.txt'),
};

export async function ensurePythonEnvironment(): Promise<string> {
  return ensureEnvironment(SAMPLES);
}

export async function ensurePipelineTools(): Promise<string> {
  return ensureEnvironment(PIPELINE_TOOLS);
}

export async function ensurePeers(): Promise<string> {
  return ensureEnvironment(PEERS);
}

/** The environment's `bin` folder: the one that its variable names, else one in the user's cache. */
async function ensureEnvironment({ variable, requirements }: PinnedEnvironment): Promise<string> {
  const named = process.env[variable];
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`${variable} names a folder that does not exist: ${named}`);
  }
  const text = readFileSync(requirements, 'utf8');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const folder = await ensureTool({
    name: `python-${hash}`,
    install: (folder) => install(folder, requirements),
    isWhole: (folder) => hasPackages(folder, text),
  });
  return join(folder, BIN);
}

async function install(folder: string, requirements: string): Promise<void> {
  say(`making the Python environment of ${requirements} in ${folder}`);
  if (await succeeds('uv', ['--version'])) {
    await run('uv', ['venv', '--quiet', '--allow-existing', '--python', PYTHON, folder]);
    const python = join(folder, BIN, 'python');
    await run('uv', ['pip', 'install', '--quiet', '--python', python, '-r', requirements]);
    return;
  }
  await run(await findPython(), ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '--no-input'];
  await run(join(folder, BIN, 'python'), [...pip, '-r', requirements]);
}

async function findPython(): Promise<string> {
  for (const name of [`python${PYTHON}`, 'python3', 'python']) {
    const check = `import sys, venv; assert "%d.%d" % sys.version_info[:2] == "${PYTHON}"`;
    if (await succeeds(name, ['-c', check])) return name;
  }
  throw new Error(
    `The sample projects need Python ${PYTHON} with its venv module. Install it, or uv, which brings it.`,
  );
}

/** Whether the environment's Python starts and has every pinned package in its version. */
function hasPackages(folder: string, requirements: string): Promise<boolean> {
  const pins = requirements.match(/^[\w.-]+==\S+/gm) ?? [];
  const check =
    'import importlib.metadata as m, sys\n' +
    'for name, version in (pin.split("==") for pin in sys.argv[1:]): assert m.version(name) == version';
  return succeeds(join(folder, BIN, 'python'), ['-c', check, ...pins]);
}

/** The environment's variables with a folder in front of PATH. */
export function withPath(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  // Windows calls it Path, and a plain object does not know that this is the same.
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...environment, [name]: `${folder}${delimiter}${environment[name] ?? ''}` };
}
