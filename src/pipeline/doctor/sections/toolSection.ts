import { dirname, join } from 'node:path';
import type { Project, Tool } from '../../../project/project';
import { hostOf } from '../../environment/environmentHost';
import { pyenvRoot } from '../../environment/managers/pyenv';
import { findExecutable, searchPath } from '../../environment/findExecutable';
import { stageEnvironment } from '../../environment/stageEnvironment';
import type { PythonEnvironment } from '../../environment/pythonEnvironment';
import { stageToolOf } from '../../tools/stageTools';
import type { DoctorGroup, DoctorLine } from '../doctorReport';
import { readPackageVersion, readProgramScript, type ProgramScript } from '../installedPackage';

interface KnownTool {
  readonly program?: string;
  /** The packages of Python that bring it, the usual one first; none where it is not Python's. */
  readonly packages: readonly string[];
  readonly install?: string;
}

/** Tools whose program is not looked for (CI services, our own stages) are left out. */
const KNOWN: { readonly [Name in Tool]?: KnownTool } = {
  airflow: { program: 'airflow', packages: ['apache-airflow'] },
  docker: { program: 'docker', packages: [], install: 'Install Docker.' },
  dvc: { program: 'dvc', packages: ['dvc'] },
  kedro: { program: 'kedro', packages: ['kedro'] },
  kubeflow: { packages: ['kfp'] },
  make: { program: 'make', packages: [], install: 'Install GNU make.' },
  metaflow: { packages: ['metaflow'] },
  mlflow: { program: 'mlflow', packages: ['mlflow', 'mlflow-skinny'] },
  npm: { program: 'npm', packages: [], install: 'Install Node.js.' },
  prefect: { program: 'prefect', packages: ['prefect'] },
  snakemake: { program: 'snakemake', packages: ['snakemake'] },
  tfx: { program: 'tfx', packages: ['tfx'] },
  zenml: { program: 'zenml', packages: ['zenml'] },
};

/** Each tool of the project: where its program is and which version, or how to get it. Nothing is run. */
export async function examineTools(
  project: Project,
  environment: PythonEnvironment | undefined,
  env: NodeJS.ProcessEnv,
): Promise<DoctorGroup> {
  // pyenv has a stand-in for every tool of every version, which fails where the chosen one has none.
  const shims = join(pyenvRoot(hostOf(env)), 'shims');
  const path = searchPath(stageEnvironment(environment, env));
  const folders = path.filter((folder) => folder !== shims);
  const needed = neededPrograms(project);
  const names = new Set([
    ...project.tools.map(({ tool }) => tool),
    ...project.stages.map(({ tool }) => tool),
  ]);
  const lines: DoctorLine[] = [];
  for (const name of names) {
    const known = KNOWN[name];
    if (known === undefined) continue;
    const install = needed.get(known.program ?? '');
    lines.push(await examineTool(name, known, install, { folders, environment }));
  }
  return { title: 'Tools', lines };
}

/** The programs that stages are run with, and how to get them. */
function neededPrograms(project: Project): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  for (const stage of project.stages) {
    if (stage.notRunnable !== undefined) continue;
    const invocation = stageToolOf(stage).invocation?.(stage, { force: false });
    if (invocation !== undefined) needed.set(invocation.program, invocation.install);
  }
  return needed;
}

interface Places {
  readonly folders: readonly string[];
  readonly environment: PythonEnvironment | undefined;
}

async function examineTool(
  tool: Tool,
  known: KnownTool,
  neededInstall: string | undefined,
  { folders, environment }: Places,
): Promise<DoctorLine> {
  const line = { id: `tool.${tool}`, name: tool };
  const { program, packages } = known;
  if (program === undefined) {
    const version = await readVersion(environment?.python, packages);
    if (version === undefined) return describeMissing(line, known, neededInstall);
    return { ...line, state: 'ok', value: version, facts: { path: null, version } };
  }
  const path = await findExecutable(program, folders);
  if (path === undefined) return describeMissing(line, known, neededInstall);
  const script = await readProgramScript(path).catch(() => NO_SCRIPT);
  if (!script.starts) return describeDead(line, path, script, packages);
  const version = await readVersion(pythonOf(script) ?? environment?.python, packages);
  const value = version === undefined ? path : `${version} in ${path}`;
  const isForeign = packages.length > 0 && environment && dirname(path) !== environment.bin;
  const facts = { path, version: version ?? null };
  return { ...line, state: 'ok', value, ...(isForeign ? { notes: [FOREIGN] } : {}), facts };
}

async function readVersion(
  python: string | undefined,
  packages: readonly string[],
): Promise<string | undefined> {
  return python === undefined ? undefined : readPackageVersion(python, packages);
}

const NO_SCRIPT: ProgramScript = { interpreter: undefined, starts: true };
const FOREIGN = 'It is not of the environment that the stages run in.';

/** `#!/usr/bin/env python3` and a shell say nothing of packages. */
function pythonOf({ interpreter }: ProgramScript): string | undefined {
  return interpreter !== undefined && /python[\d.]*$/.test(interpreter) ? interpreter : undefined;
}

function describeDead(
  line: Pick<DoctorLine, 'id' | 'name'>,
  path: string,
  { interpreter }: ProgramScript,
  packages: readonly string[],
): DoctorLine {
  return {
    ...line,
    state: 'problem',
    value: `${path} does not start: it names ${interpreter}, which is not there`,
    fix: `Install it again: python -m pip install --force-reinstall ${packages[0] ?? line.name}`,
    facts: { path, version: null },
  };
}

function describeMissing(
  line: Pick<DoctorLine, 'id' | 'name'>,
  { packages, install }: KnownTool,
  neededInstall: string | undefined,
): DoctorLine {
  const usual = install ?? `Install it: python -m pip install ${packages[0] ?? line.name}`;
  return {
    ...line,
    state: neededInstall === undefined ? 'information' : 'problem',
    value: neededInstall === undefined ? 'not installed, and no stage needs it' : 'not found',
    fix: neededInstall ?? usual,
    facts: { path: null, version: null },
  };
}
