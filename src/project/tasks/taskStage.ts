import type { DetectedStage } from '../detector';
import { folderOf, resolvePath } from '../files/paths';
import type { PipelineTool } from '../project';
import { scriptRuns } from '../shell/scriptRuns';
import { kindOfName, kindOfPath } from '../classify/stageKind';

/** A task that a file of the project gives a name to. */
export interface NamedTask {
  readonly name: string;
  /** What a shell would run; empty where it only calls others. */
  readonly command: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The words that run it, the program first: `poe train`, `hatch run ml:train`. */
  readonly runner: readonly string[];
  /** Relative to the file's folder. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  /** Names of tasks that come first. */
  readonly needs?: readonly string[];
}

/** Work on the code, and not on data or models, whatever else the name says. */
const HOUSEKEEPING =
  /(?:^|[^a-z])(?:lint|format|fmt|types?|typecheck|tests?|cov(?:erage)?|docs?|build|clean|install|setup|release|publish|bump|serve|start|dev|hooks?|check|ci)(?:[^a-z]|$)/i;

/** Which tasks are work on data or models, by their name or by the script that they run. */
export function isStageTask(task: NamedTask, exists: (path: string) => boolean): boolean {
  if (HOUSEKEEPING.test(task.name)) return false;
  const scripts = scriptsOf(task).filter((path) => path.endsWith('.py') && exists(path));
  return scripts.length > 0 || (kindOfName(task.name) !== undefined && isPython(task));
}

function isPython({ command }: NamedTask): boolean {
  return /(?:^|\s)(?:python[\d.]*|papermill|jupyter|dvc|snakemake|kedro|mlflow)\s/.test(
    `${command} `,
  );
}

/** Tasks run on request: nothing says that they are one pipeline, but where their outputs do. */
export function stageOfTask(
  task: NamedTask,
  tool: PipelineTool,
  exists: (path: string) => boolean,
): DetectedStage {
  const folder = folderOf(task.file);
  const scripts = scriptsOf(task);
  const located = (paths: readonly string[] = []): readonly string[] =>
    paths.flatMap((path) => {
      const found = resolvePath(folder, path);
      return found === undefined ? [] : [found];
    });
  const idOf = (name: string): string => `${task.file}:${name}`;
  const source = { file: task.file, line: task.line };
  const outputs = located(task.outputs);
  return {
    id: idOf(task.name),
    name: task.name,
    tool,
    kind: kindOfName(task.name) ?? scripts.flatMap((path) => kindOfPath(path) ?? [])[0] ?? 'other',
    command: task.command,
    cwd: folder,
    dependencies: [...new Set([...located(task.inputs), ...scripts.filter(exists)])],
    outputs,
    parameters: [],
    metrics: [],
    source,
    evidence: [source],
    runner: task.runner,
    ...(task.needs === undefined ? {} : { needs: task.needs.map(idOf) }),
    ...(outputs.length > 0 ? {} : { onRequest: true }),
  };
}

function scriptsOf({ command, file }: NamedTask): readonly string[] {
  return scriptRuns(command, folderOf(file)).flatMap(({ paths }) => paths);
}
