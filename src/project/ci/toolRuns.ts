import type { DetectedStage } from '../detector';
import { resolvePath } from '../files/paths';
import { withoutWrappers } from '../shell/scriptRuns';
import { splitCommands } from '../shell/simpleCommands';
import { readToolCommand, type ToolRequest } from './toolCommands';

/** Stages that a line of a shell text runs through the tool that owns them. */
export interface ToolRun {
  readonly ids: readonly string[];
  /** 0-based line within the text. */
  readonly line: number;
}

/** What a shell text runs from `cwd` through the tools of the stages: `dvc repro train`, `make -C ml`, `kedro run`. */
export function toolRuns(
  text: string,
  cwd: string,
  stages: readonly DetectedStage[],
): readonly ToolRun[] {
  let folder = cwd;
  return splitCommands(text).flatMap(({ words, line }) => {
    const plain = withoutWrappers(words);
    if (plain[0] === 'cd') folder = resolvePath(folder, plain[1] ?? '.') ?? folder;
    const request = readToolCommand(plain);
    return request === undefined ? [] : [{ ids: stagesOf(request, folder, stages), line }];
  });
}

function stagesOf(
  { tool, targets, upstream, folder }: ToolRequest,
  from: string,
  stages: readonly DetectedStage[],
): readonly string[] {
  const cwd = folder === undefined ? from : (resolvePath(from, folder) ?? from);
  const own = stages.filter((stage) => isOf(stage, tool, cwd));
  if (targets.length === 0) {
    return own.filter((stage) => stage.onRequest !== true).map((stage) => stage.id);
  }
  const named = own.filter((stage) => targets.some((target) => isNamed(stage, target, cwd)));
  const reached = new Map(named.map((stage) => [stage.id, stage]));
  if (upstream) {
    for (const stage of reached.values()) {
      for (const other of own) if (isNeeded(other, stage)) reached.set(other.id, other);
    }
  }
  return [...reached.keys()];
}

/** A project of a monorepo has several files of one tool, each run in its own folder. */
function isOf(stage: DetectedStage, tool: ToolRequest['tool'], cwd: string): boolean {
  if (tool === 'any') return true;
  const isThere = cwd === '.' || stage.source.file.startsWith(`${cwd}/`) || stage.cwd === cwd;
  return stage.tool === tool && isThere;
}

function isNamed(stage: DetectedStage, target: string, cwd: string): boolean {
  const path = resolvePath(cwd, target.replace(/^.*dvc\.yaml:/, ''));
  return stage.id === target || stage.name === target || stage.outputs.some((one) => one === path);
}

function isNeeded(stage: DetectedStage, by: DetectedStage): boolean {
  if (by.needs?.includes(stage.id) === true) return true;
  return [...stage.outputs, ...stage.metrics].some((output) => by.dependencies.includes(output));
}
