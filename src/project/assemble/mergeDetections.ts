import { mergeEvidence } from './mergeEvidence';
import type { DetectedDataset, DetectedModel, DetectedStage, Detection } from '../detector';
import type { DetectedTool, MetricsFile } from '../project';

/** What all detectors found, each thing once. */
export type MergedDetection = Required<Detection>;

/**
 * Joins what detectors found, in the order of their weight: of the same path or stage the first one's words stand,
 * later ones fill in what it leaves out and add their evidence.
 */
export function mergeDetections(detections: readonly Detection[]): MergedDetection {
  return {
    tools: mergeBy(
      detections.flatMap((one) => one.tools ?? []),
      toolKey,
    ),
    stages: mergeBy(
      detections.flatMap((one) => one.stages ?? []),
      stageKey,
    ),
    datasets: mergeBy(
      detections.flatMap((one) => one.datasets ?? []),
      pathKey,
    ),
    models: joinCopies(
      mergeBy(
        detections.flatMap((one) => one.models ?? []),
        pathKey,
        joinModels,
      ),
    ),
    metrics: mergeBy(
      detections.flatMap((one) => one.metrics ?? []),
      pathKey,
    ),
    ciCommands: detections.flatMap((one) => one.ciCommands ?? []),
    problems: detections.flatMap((one) => one.problems ?? []),
  };
}

const toolKey = (tool: DetectedTool): string => tool.tool;
const stageKey = (stage: DetectedStage): string => stage.id;
const pathKey = (item: DetectedDataset | DetectedModel | MetricsFile): string => item.path;

type Evident = Pick<DetectedTool, 'evidence'>;

function mergeBy<Item extends Evident>(
  items: readonly Item[],
  key: (item: Item) => string,
  join: (items: readonly Item[]) => Item = joinItems,
): readonly Item[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()].map(join);
}

function joinItems<Item extends Evident>(items: readonly Item[]): Item {
  const evidence = mergeEvidence(...items.map((item) => item.evidence));
  // The first one's words are written last.
  return Object.assign({}, ...[...items].reverse(), { evidence }) as Item;
}

function joinModels(models: readonly DetectedModel[]): DetectedModel {
  const copiedFrom = [...new Set(models.flatMap((model) => model.copiedFrom ?? []))];
  return { ...joinItems(models), ...(copiedFrom.length === 0 ? {} : { copiedFrom }) };
}

/** A candidate that a script copies to the place of the deployed model is that model before its deployment. */
function joinCopies(models: readonly DetectedModel[]): readonly DetectedModel[] {
  const sources = new Set(
    models.flatMap((model) => (model.name === undefined ? (model.copiedFrom ?? []) : [])),
  );
  const isCopied = (model: DetectedModel): boolean =>
    model.name === undefined && model.copiedFrom === undefined && sources.has(model.path);
  return models
    .filter((model) => !isCopied(model))
    .map((model) => {
      const originals = models.filter(
        (other) => isCopied(other) && model.copiedFrom?.includes(other.path) === true,
      );
      return {
        ...model,
        evidence: mergeEvidence(model.evidence, ...originals.map((other) => other.evidence)),
      };
    });
}
