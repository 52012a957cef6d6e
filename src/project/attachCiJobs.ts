import { scriptsOfStage } from './absorbScripts';
import type { CiCommand, DetectedStage } from './detector';
import type { CiJob, Stage } from './project';
import { scriptRuns } from './shell/scriptRuns';
import { splitCommands, type SimpleCommand } from './shell/simpleCommands';

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
    for (const { ids, line } of [...ranScripts(command, owners), ...ranByTool(command, stages)]) {
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

interface Ran {
  readonly ids: readonly string[];
  /** 0-based line within the command's text. */
  readonly line: number;
}

function ranScripts(
  { command, cwd }: CiCommand,
  owners: ReadonlyMap<string, readonly string[]>,
): readonly Ran[] {
  return scriptRuns(command, cwd).map((run) => ({
    ids: run.paths.flatMap((path) => owners.get(path) ?? []),
    line: run.line,
  }));
}

/** `dvc repro [TARGET…]`, `dvc exp run`, `ml-preflight run [STAGE…]`. */
function ranByTool({ command }: CiCommand, stages: readonly DetectedStage[]): readonly Ran[] {
  return splitCommands(command).flatMap((one) => {
    const targets = toolTargets(one);
    if (targets === undefined) return [];
    const [tool, names] = targets;
    const ran = stages.filter(
      (stage) =>
        (tool === 'ml-preflight' || stage.tool === tool) &&
        (names.length === 0 || names.includes(stage.id) || names.includes(stage.name)),
    );
    return [{ ids: ran.map((stage) => stage.id), line: one.line }];
  });
}

function toolTargets({ words }: SimpleCommand): [string, readonly string[]] | undefined {
  const line = words.join(' ');
  const match = /(?:^|\s)(dvc) (?:repro|exp run)\b(.*)$|(?:^|\s)(ml-preflight) run\b(.*)$/.exec(
    line,
  );
  if (match === null) return undefined;
  const rest = (match[2] ?? match[4] ?? '').split(' ');
  return [match[1] ?? match[3] ?? '', rest.filter((word) => word !== '' && !word.startsWith('-'))];
}
