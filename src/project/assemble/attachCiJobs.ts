import { scriptsOfStage } from './absorbScripts';
import { toolRuns, type ToolRun } from '../ci/toolRuns';
import type { CiCommand, DetectedStage } from '../detector';
import type { CiJob, Stage } from '../project';
import { scriptRuns } from '../shell/scriptRuns';

/** Says of every stage which CI jobs run it: by its script, or through the tool that owns it. */
export function attachCiJobs(
  stages: readonly DetectedStage[],
  commands: readonly CiCommand[],
): readonly Stage[] {
  const jobs = new Map<string, CiJob[]>();
  const owners = new Map<string, string[]>();
  for (const stage of stages) {
    for (const script of new Set([...scriptsOfStage(stage), stage.id])) {
      owners.set(script, [...(owners.get(script) ?? []), stage.id]);
    }
  }
  for (const command of commands) {
    for (const { ids, line } of [
      ...ranScripts(command, owners),
      ...toolRuns(command.command, command.cwd, stages),
    ]) {
      const { tool, job, evidence } = command;
      const place = {
        file: evidence.file,
        line: evidence.line + line,
        tool,
        ...(job === undefined ? {} : { job }),
      };
      for (const id of ids) jobs.set(id, [...(jobs.get(id) ?? []), place]);
    }
  }
  return stages.map((stage) => ({ ...stage, ciJobs: oncePerPlace(jobs.get(stage.id) ?? []) }));
}

function oncePerPlace(jobs: readonly CiJob[]): readonly CiJob[] {
  return [...new Map(jobs.map((job) => [`${job.file}:${job.line}`, job])).values()];
}

function ranScripts(
  { command, cwd }: CiCommand,
  owners: ReadonlyMap<string, readonly string[]>,
): readonly ToolRun[] {
  return scriptRuns(command, cwd).map((run) => ({
    ids: run.paths.flatMap((path) => owners.get(path) ?? []),
    line: run.line,
  }));
}
