import type { DetectedStage } from '../detector';
import { mergeEvidence } from './mergeEvidence';
import { scriptRuns } from '../shell/scriptRuns';

/**
 * A script that a pipeline tool or preflight.yaml runs is not a stage besides that stage: the stage gets the script's
 * evidence. Where preflight.yaml or a tool says no more than the command, it also gets what the script reads and writes.
 */
export function absorbScripts(stages: readonly DetectedStage[]): readonly DetectedStage[] {
  const scripts = new Map(
    stages.filter((stage) => stage.tool === 'scripts').map((stage) => [stage.id, stage]),
  );
  const owned = new Set<string>();
  const joined = stages.map((stage) => {
    if (stage.tool === 'scripts') return stage;
    const paths = scriptsOfStage(stage);
    for (const path of paths) owned.add(path);
    return paths.flatMap((path) => scripts.get(path) ?? []).reduce(joinScript, stage);
  });
  return joined.filter((stage) => stage.tool !== 'scripts' || !isOwned(stage, owned));
}

/** Tools whose files do not say what a stage reads and writes, or not always. */
const SAY_ONLY_COMMANDS: ReadonlySet<DetectedStage['tool']> = new Set([
  'mlflow',
  'npm',
  'preflight',
  'pyproject',
]);

/** A script that imports several owned ones runs the tool's pipeline by hand. */
function isOwned({ id, dependencies }: DetectedStage, owned: ReadonlySet<string>): boolean {
  return owned.has(id) || dependencies.filter((path) => owned.has(path)).length > 1;
}

/** The scripts that a stage's command runs, relative to the root; they need not exist. */
export function scriptsOfStage(stage: Pick<DetectedStage, 'command' | 'cwd'>): readonly string[] {
  return scriptRuns(stage.command, stage.cwd).flatMap((run) => run.paths);
}

function joinScript(stage: DetectedStage, script: DetectedStage): DetectedStage {
  const evidence = mergeEvidence(stage.evidence, script.evidence.slice(0, 1));
  const kind = stage.kind === 'other' ? script.kind : stage.kind;
  if (!SAY_ONLY_COMMANDS.has(stage.tool)) return { ...stage, kind, evidence };
  const orDetected = (own: readonly string[], detected: readonly string[]) => {
    if (stage.tool !== 'preflight') return [...new Set([...own, ...detected])];
    return own.length > 0 ? own : detected;
  };
  return {
    ...stage,
    kind,
    evidence,
    dependencies: orDetected(stage.dependencies, script.dependencies),
    outputs: orDetected(stage.outputs, script.outputs),
    parameters: orDetected(stage.parameters, script.parameters),
    metrics: orDetected(stage.metrics, script.metrics),
  };
}
