import type { DetectedStage } from '../detector';

/** What else is known of the scripts. */
export interface ScriptFacts {
  /** Whether a tool, a README or a CI job runs it. */
  readonly isInstructed: (script: string) => boolean;
  /** Whether it has a main guard: it was written to be run. */
  readonly hasMainGuard: (script: string) => boolean;
}

/**
 * Leaves out scripts that nobody is told to run and that are part of others: modules that others import and that
 * write nothing or were not written to be run, then scripts that do no more than call several of the rest in turn.
 */
export function pruneScripts(
  stages: readonly DetectedStage[],
  { isInstructed, hasMainGuard }: ScriptFacts,
): readonly DetectedStage[] {
  const all = idsOf(stages);
  const imported = new Set(stages.flatMap((stage) => importedScripts(stage, all)));
  const isLibrary = ({ id, outputs }: DetectedStage): boolean =>
    imported.has(id) && (outputs.length === 0 || !hasMainGuard(id));
  const programs = stages.filter((stage) => isInstructed(stage.id) || !isLibrary(stage));
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
