import type { Config } from '../../config/config';
import type { DetectedStage } from '../detector';
import { mergeEvidence } from '../mergeEvidence';
import { kindOfName } from '../stageKind';
import { configPaths, type ConfigPlace } from './configPlace';

type ConfigStage = NonNullable<Config['stages']>[string];

/** The stages, those of preflight.yaml in the place of detected ones of the same name. */
export function overlayStages(
  detected: readonly DetectedStage[],
  config: Config,
  place: ConfigPlace,
): readonly DetectedStage[] {
  const named = Object.entries(config.stages ?? {});
  const replaced = new Set<DetectedStage>();
  const added = named.map(([name, stage]) => {
    const same = detected.find((other) => other.id === name || other.name === name);
    if (same !== undefined) replaced.add(same);
    return describeStage(name, stage, same, place);
  });
  return [...detected.filter((stage) => !replaced.has(stage)), ...added];
}

/** What the entry leaves out is that of the detected stage. */
function describeStage(
  name: string,
  stage: ConfigStage,
  detected: DetectedStage | undefined,
  place: ConfigPlace,
): DetectedStage {
  const source = place.at('stages', name);
  const known = detected ?? { ...NOTHING_KNOWN, id: name, kind: kindOfName(name) ?? 'other' };
  const choose = (written: readonly string[] | undefined, otherwise: readonly string[]) =>
    written === undefined ? otherwise : configPaths(written, source, place);
  const metrics = choose(stage.metrics, known.metrics);
  return {
    id: known.id,
    name,
    tool: 'preflight',
    kind: stage.kind ?? known.kind,
    command: stage.run,
    cwd: choose(stage.cwd === undefined ? undefined : [stage.cwd], [])[0] ?? '.',
    dependencies: choose(stage.dependencies, known.dependencies),
    outputs: [...new Set([...choose(stage.outputs, known.outputs), ...metrics])],
    parameters: stage.parameters ?? known.parameters,
    metrics,
    source,
    evidence: mergeEvidence([source], known.evidence),
  };
}

const NOTHING_KNOWN = {
  dependencies: [],
  outputs: [],
  parameters: [],
  metrics: [],
  evidence: [],
} as const;
