import { compareCodeUnits } from '../../base/canonicalJson';
import type { Problem } from '../../base/problem';
import { absorbScripts } from './absorbScripts';
import { attachCiJobs } from './attachCiJobs';
import { datasetName } from '../classify/datasetPath';
import { linkMetrics } from './linkMetrics';
import type { MergedDetection } from './mergeDetections';
import { modelName } from '../classify/modelPath';
import type { Dataset, DetectedTool, Model, Project, Stage } from '../project';
import { uniqueNames } from './uniqueNames';

/** The project that the findings make up: every script one stage, every name unique, everything in a stable order. */
export function assembleProject(root: string, found: MergedDetection): Project {
  const stages = attachCiJobs(absorbScripts(found.stages), found.ciCommands);
  const metrics = sortBy(found.metrics, (file) => file.path);
  return {
    root,
    tools: usedTools(found.tools, sortByPlace(stages)),
    stages: sortByPlace(stages),
    datasets: nameDatasets(found),
    models: nameModels(found, stages),
    metrics,
    problems: sortProblems(found.problems),
  };
}

/** Scripts are a tool of their own only as far as no other tool runs them. */
function usedTools(
  tools: readonly DetectedTool[],
  stages: readonly Stage[],
): readonly DetectedTool[] {
  const scripts = stages.filter((stage) => stage.tool === 'scripts').map((stage) => stage.source);
  const used = tools.flatMap((tool) => {
    if (tool.tool !== 'scripts') return [tool];
    return scripts.length === 0 ? [] : [{ ...tool, evidence: scripts }];
  });
  return sortBy(used, (tool) => tool.tool);
}

function nameDatasets({ datasets }: MergedDetection): readonly Dataset[] {
  const sorted = sortBy(datasets, (dataset) => dataset.path);
  const names = uniqueNames(sorted, datasetName);
  return sorted.map(({ path, role = 'other', ...rest }, index) => ({
    ...rest,
    name: names[index] ?? path,
    path,
    role,
  }));
}

function nameModels(
  { models, metrics }: MergedDetection,
  stages: readonly Stage[],
): readonly Model[] {
  const sorted = sortBy(models, (model) => model.path);
  const names = uniqueNames(sorted, modelName);
  const links = linkMetrics(
    sorted,
    sortBy(metrics, (file) => file.path),
    stages,
  );
  return sorted.map(({ path, evidence }, index) => ({
    name: names[index] ?? path,
    path,
    metrics: links[index] ?? [],
    evidence,
  }));
}

function sortBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...items].sort((a, b) => compareCodeUnits(key(a), key(b)));
}

/** As they stand in their files, which is mostly the order in which they run. */
function sortByPlace(stages: readonly Stage[]): readonly Stage[] {
  return [...stages].sort(
    (a, b) =>
      compareCodeUnits(a.source.file, b.source.file) ||
      a.source.line - b.source.line ||
      compareCodeUnits(a.id, b.id),
  );
}

function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareCodeUnits(a.file ?? '', b.file ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}
