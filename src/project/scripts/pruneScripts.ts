import type { DetectedStage } from '../detector';

/**
 * Leaves out scripts that nobody is told to run and that are part of others: modules that others import and that
 * write nothing, then scripts that do no more than call several of the remaining ones in turn.
 */
export function pruneScripts(
  stages: readonly DetectedStage[],
  isInstructed: (script: string) => boolean,
): readonly DetectedStage[] {
  const imported = new Set(stages.flatMap((stage) => importedScripts(stage, idsOf(stages))));
  const programs = stages.filter(
    (stage) => isInstructed(stage.id) || !imported.has(stage.id) || stage.outputs.length > 0,
  );
  const remaining = idsOf(programs);
  return programs.filter(
    (stage) => isInstructed(stage.id) || importedScripts(stage, remaining).length < 2,
  );
}

function idsOf(stages: readonly DetectedStage[]): ReadonlySet<string> {
  return new Set(stages.map((stage) => stage.id));
}

function importedScripts(stage: DetectedStage, scripts: ReadonlySet<string>): readonly string[] {
  return stage.dependencies.filter((path) => path !== stage.id && scripts.has(path));
}
