import type { Problem } from '../../base/problem';
import { parseByteSize } from '../../config/byteSize';
import type { Config, Resources } from '../../config/config';
import type { DetectedStage } from '../detector';
import { mergeEvidence } from '../assemble/mergeEvidence';
import type { StageResources } from '../project';
import { kindOfName } from '../classify/stageKind';
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
  const added = named.flatMap(([name, stage]) => {
    const same = detected.find((other) => other.id === name || other.name === name);
    if (stage.run === undefined && same === undefined) {
      place.problems.push(describeMissingRun(name, place));
      return [];
    }
    if (same !== undefined) replaced.add(same);
    return [describeStage(name, stage, same, place)];
  });
  return [...detected.filter((stage) => !replaced.has(stage)), ...added];
}

function describeMissingRun(name: string, place: ConfigPlace): Problem {
  return {
    code: 'stage-run-missing',
    message: `The stage "${name}" has no command, and no tool here describes a stage of this name.`,
    ...place.at('stages', name),
    fix: 'Give it one with `run`.',
  };
}

/** What the entry leaves out is that of the detected stage: without a command of its own, that one's tool runs it. */
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
  const parts = {
    kind: stage.kind ?? known.kind,
    dependencies: choose(stage.dependencies, known.dependencies),
    outputs: [...new Set([...choose(stage.outputs, known.outputs), ...metrics])],
    parameters: stage.parameters ?? known.parameters,
    metrics,
    ...(stage.resources === undefined ? {} : { resources: readResources(stage.resources) }),
  };
  if (stage.run === undefined && detected !== undefined) {
    return { ...detected, ...parts, evidence: mergeEvidence(detected.evidence, [source]) };
  }
  return {
    ...parts,
    id: known.id,
    name,
    tool: 'preflight',
    command: stage.run ?? '',
    cwd: choose(stage.cwd === undefined ? undefined : [stage.cwd], [])[0] ?? '.',
    source,
    evidence: mergeEvidence([source], known.evidence),
  };
}

/** In base units. */
export function readResources(written: Resources): StageResources {
  const { cpus, memory, gpus } = written;
  const bytes = memory === undefined ? undefined : parseByteSize(memory);
  return {
    ...(cpus === undefined ? {} : { cpus }),
    ...(bytes === undefined ? {} : { memory: bytes }),
    ...(gpus === undefined ? {} : { gpus }),
  };
}

const NOTHING_KNOWN = {
  dependencies: [],
  outputs: [],
  parameters: [],
  metrics: [],
  evidence: [],
} as const;
