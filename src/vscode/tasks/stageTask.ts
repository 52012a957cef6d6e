import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { LoadedProject } from '../projectStore';
import { selectedPython } from '../selectedPython';

export const TASK_TYPE = 'mlPreflight';

/** Characters; the list of tasks shows one line. */
const LONGEST_DETAIL = 200;

/** What a run does: the properties of a task in tasks.json, as package.json declares them. */
export interface RunRequest {
  /** Ids or names of stages; none is the whole pipeline. */
  readonly stages: readonly string[];
  readonly force?: boolean;
  readonly downstream?: boolean;
  /** Only these stages, not what they need. */
  readonly singleItem?: boolean;
  readonly keepGoing?: boolean;
  readonly jobs?: number;
  /** Values of parameters for this run alone, by `file:key`, or by the name of an option. */
  readonly set?: Readonly<Record<string, string>>;
}

/** A request in tasks.json. */
export type StageTaskDefinition = vscode.TaskDefinition &
  RunRequest & {
    /** The project's folder, relative to the workspace folder; absent: the only one. */
    readonly project?: string;
  };

/**
 * The editor's task for a run: the command line runs the stages in an integrated terminal, where they are seen and
 * interrupted, and it keeps the same records as a run that was typed.
 * @param commandLine absolute path of the command line's bundle
 */
export async function createStageTask(
  loaded: LoadedProject,
  request: RunRequest,
  commandLine: string,
): Promise<vscode.Task> {
  const python = await selectedPython(loaded.folder.uri);
  const { root } = loaded.project;
  const execution = new vscode.ProcessExecution(
    process.execPath,
    [commandLine, 'run', '--project', root, ...runArguments(withDefaults(request, loaded))],
    {
      cwd: root,
      env: {
        ELECTRON_RUN_AS_NODE: '1',
        // The tree has the table of the stages.
        ML_PREFLIGHT_PLAIN: '1',
        ...(python === undefined ? {} : { ML_PREFLIGHT_PYTHON: python }),
      },
    },
  );
  const task = new vscode.Task(
    definitionOf(loaded, request),
    loaded.folder,
    titleOf(request),
    'ML Preflight',
    execution,
  );
  task.detail = describeTask(loaded, request);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
    echo: false,
  };
  return task;
}

/** What a task does, in the list of tasks: the commands of its stages. */
function describeTask({ project }: LoadedProject, { stages }: RunRequest): string {
  if (stages.length === 0) return 'Every stage that is not fresh';
  const commands = project.stages
    .filter(({ id, name }) => stages.includes(id) || stages.includes(name))
    .map(({ command }) => command.replaceAll(/\s*\n\s*/g, ' && '));
  return commands.join('; ').slice(0, LONGEST_DETAIL);
}

export function isStageTask({ definition }: vscode.Task): boolean {
  return definition.type === TASK_TYPE;
}

/** Whether two tasks run the same in the same project. */
export function isSameTask(one: vscode.Task, other: vscode.Task): boolean {
  const whatOf = ({ scope, definition }: vscode.Task): string =>
    JSON.stringify([
      typeof scope === 'object' ? scope.uri.toString() : scope,
      Object.entries(definition)
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  return isStageTask(one) && isStageTask(other) && whatOf(one) === whatOf(other);
}

/** What a run is called, in its terminal and its notifications. */
export function titleOf({ stages }: RunRequest): string {
  return stages.length === 0 ? 'pipeline' : stages.join(', ');
}

function definitionOf(loaded: LoadedProject, request: RunRequest): StageTaskDefinition {
  const project = relative(loaded.folder.uri.fsPath, loaded.project.root).replaceAll('\\', '/');
  return { type: TASK_TYPE, ...request, ...(project === '' ? {} : { project }) };
}

/** How many stages run at once is a matter of the machine: a setting, unless the task says so itself. */
function withDefaults(request: RunRequest, { folder }: LoadedProject): RunRequest {
  const jobs = vscode.workspace.getConfiguration('mlPreflight', folder).get<number>('jobs', 1);
  return jobs > 1 && request.jobs === undefined ? { ...request, jobs } : request;
}

function runArguments(request: RunRequest): readonly string[] {
  return [
    ...(request.force === true ? ['--force'] : []),
    ...(request.downstream === true ? ['--downstream'] : []),
    ...(request.singleItem === true ? ['--single-item'] : []),
    ...(request.keepGoing === true ? ['--keep-going'] : []),
    ...(request.jobs === undefined ? [] : ['--jobs', String(request.jobs)]),
    ...Object.entries(request.set ?? {}).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    '--',
    ...request.stages,
  ];
}
