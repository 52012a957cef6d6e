import { join, resolve } from 'node:path';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { Stage } from '../../project/project';
import { readProgramScript } from '../doctor/installedPackage';
import { findExecutable, isExecutable, pathName } from '../environment/findExecutable';
import type { PythonEnvironment } from '../environment/pythonEnvironment';
import { exists, readSmallFile } from '../environment/readSmallFile';
import { activation } from '../environment/stageEnvironment';
import type { DebugConfiguration, DebugTarget } from './debugConfiguration';
import { readPythonInvocation, type PythonInvocation } from './pythonInvocation';
import { shellCommands, type ShellCommand } from './shellCommands';

export interface DebugOptions {
  /** The project's root, absolute. */
  readonly root: string;
  readonly environment: PythonEnvironment | undefined;
  /** The variables that a run would start from. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The commands of a stage that Python's debugger can start, in their order: where there are several, the user chooses.
 * What its tool would run is debugged, not the tool. Nothing is run, and nothing that a shell would have to work out is
 * guessed. Problem `not-debuggable`, which says why.
 */
export async function describeDebug(
  stage: Stage,
  options: DebugOptions,
): Promise<Result<readonly DebugTarget[]>> {
  if (stage.command.trim() === '') {
    return failed(notDebuggable(stage, stage.notRunnable ?? 'it has no command'));
  }
  const targets: DebugTarget[] = [];
  const reasons: string[] = [];
  for (const command of shellCommands(stage.command, stage.cwd, options.env)) {
    const described = command.ok
      ? await describeCommand(stage, command.value, options)
      : failed(command.problem.why);
    if (described.ok) targets.push(described.value);
    else {
      const { text } = command.ok ? command.value : command.problem;
      reasons.push(`\`${shorten(text)}\`: ${described.problem}`);
    }
  }
  if (targets.length > 0) return ok(targets);
  // A detector writes as a comment what no shell runs: `# Python in Snakefile:12`.
  const comment = /^#\s*(.+)/.exec(stage.command.trim())?.[1];
  const nothing = comment === undefined ? 'it runs no program' : `its tool runs it (${comment})`;
  return failed(notDebuggable(stage, reasons.join('; ') || nothing));
}

function shorten(text: string): string {
  const [first = '', ...more] = text.split('\n');
  const cut = first.slice(0, 80);
  return cut === first && more.length === 0 ? first : `${cut.trimEnd()}\u2026`;
}

function notDebuggable(stage: Stage, why: string): Problem {
  return {
    code: 'not-debuggable',
    message: `${stage.name} cannot be debugged: ${why}.`,
    ...stage.source,
  };
}

async function describeCommand(
  stage: Stage,
  command: ShellCommand,
  options: DebugOptions,
): Promise<Result<DebugTarget, string>> {
  const invocation = readPythonInvocation(command.words);
  if (!invocation.ok) return invocation;
  const cwd = join(options.root, command.cwd);
  const target = await locateTarget(invocation.value, cwd, options.environment);
  if (!target.ok) return target;
  const lacking = await lacksSnakemake(stage, command, target.value);
  if (lacking !== undefined) return failed(lacking);
  const { args, pythonArgs } = invocation.value;
  const python = await interpreterOf(invocation.value, cwd, options.environment);
  const configuration: DebugConfiguration = {
    // The editor replaces its variables in every text, and has no way to write one as it is.
    name: `ML Preflight: ${stage.name.replaceAll('${', '$ {')}`,
    type: 'debugpy',
    request: 'launch',
    ...target.value,
    args,
    ...(pythonArgs.length === 0 ? {} : { pythonArgs }),
    cwd,
    env: { ...activationOf(options), ...command.env },
    ...(python === undefined ? {} : { python }),
    console: 'integratedTerminal',
    justMyCode: true,
  };
  if (hasEditorVariable(configuration, options)) {
    return failed('the editor would replace the `${` in it');
  }
  const notes = command.redirected.map(
    (file) => `Its output is shown in the terminal; a run writes it to ${file}.`,
  );
  return ok({ label: command.text, configuration, notes });
}

/** What only Snakemake could fill in: wildcards, and the object that it gives to the script of a `script:`. */
async function lacksSnakemake(
  { tool }: Stage,
  { words }: ShellCommand,
  { program }: Target,
): Promise<string | undefined> {
  if (tool !== 'snakemake') return undefined;
  const wildcard = /\{[A-Za-z_]\w*\}/.exec(words.join(' '))?.[0];
  if (wildcard !== undefined) return `it runs once for each value of ${wildcard}`;
  const text = program === undefined ? undefined : await readSmallFile(program);
  const readsObject =
    /\bsnakemake\s*\.\s*(?:input|output|params|wildcards|threads|log|config|rule)\b/;
  return readsObject.test(text ?? '')
    ? 'its script reads the object `snakemake`, which only Snakemake gives it'
    : undefined;
}

type Target = Pick<DebugConfiguration, 'program' | 'module' | 'code'>;

async function locateTarget(
  { target }: PythonInvocation,
  cwd: string,
  environment: PythonEnvironment | undefined,
): Promise<Result<Target, string>> {
  switch (target.kind) {
    case 'module':
      return ok({ module: target.name });
    case 'code':
      return ok({ code: target.code });
    case 'program': {
      const program = resolve(cwd, target.path);
      if (await exists(program)) return ok({ program });
      // `convert.py` alone may be a program of the environment.
      const script = await locateScript(target.path, cwd, environment);
      return script.ok ? script : failed(`there is no file ${program}`);
    }
    case 'script':
      return locateScript(target.name, cwd, environment);
  }
}

/** A program of the environment that is a script of Python's, as installers make them for a package's commands. */
async function locateScript(
  name: string,
  cwd: string,
  environment: PythonEnvironment | undefined,
): Promise<Result<Target, string>> {
  const program = /[/\\]/.test(name)
    ? resolve(cwd, name)
    : await findExecutable(name, environment === undefined ? [] : [environment.bin]);
  const script =
    program !== undefined && (await isExecutable(program))
      ? await readProgramScript(program).catch(() => undefined)
      : undefined;
  const isPython = /python/.test(script?.interpreter ?? '');
  return isPython && program !== undefined
    ? ok({ program })
    : failed(`${name} is no Python program of the environment`);
}

/** That of the command where it names one that is there, else that of the environment. */
async function interpreterOf(
  { interpreter }: PythonInvocation,
  cwd: string,
  environment: PythonEnvironment | undefined,
): Promise<string | undefined> {
  const named = interpreter === undefined ? undefined : resolve(cwd, interpreter);
  if (named !== undefined && (await isExecutable(named))) return named;
  return environment?.python;
}

/** A stage may start programs of its environment. */
function activationOf({ environment, env }: DebugOptions): Readonly<Record<string, string>> {
  if (environment === undefined) return {};
  const path = pathName(env);
  return activation(environment, `\${env:${path}}`, path);
}

/** `${command:…}` would run a command of the editor: a file of the repository must not say which. */
function hasEditorVariable(configuration: DebugConfiguration, options: DebugOptions): boolean {
  const path = pathName(options.env);
  const { [path]: searched = '', ...others } = configuration.env;
  const own = searched.replace(`\${env:${path}}`, '');
  return JSON.stringify([{ ...configuration, env: others }, own]).includes('${');
}
