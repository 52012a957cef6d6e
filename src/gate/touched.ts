import { baselinePath, schemaPath } from '../data/baseline/baselineFiles';
import { isPaired } from '../data/pairTrain';
import { matchesGlob } from '../project/files/globMatch';
import type { Dataset, Project } from '../project/project';

/** What a change touches, by path from the project's root. */
export interface Change {
  /** Added, modified and deleted paths. */
  readonly paths: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
  /** Paths of DVC outputs whose recorded content is another one. */
  readonly outputs: readonly string[];
  /** Whether preflight.yaml is among the paths: then everything is judged again. */
  readonly isConfig: boolean;
}

/** The datasets whose content, schema, baseline, results of other tools or counterpart a change touches. */
export function touchedDatasets(datasets: readonly Dataset[], change: Change): readonly Dataset[] {
  if (change.isConfig) return datasets;
  const own = new Set(datasets.filter((dataset) => isTouched(dataset, change)).map(nameOf));
  // What is judged beside the training data is another matter when these have changed.
  const isTrainTouched = datasets.some(({ name, role }) => role === 'train' && own.has(name));
  return datasets.filter(
    ({ name, role, baseline }) =>
      own.has(name) ||
      (baseline !== undefined && own.has(baseline)) ||
      (isTrainTouched && isPaired(role)),
  );
}

function nameOf({ name }: Dataset): string {
  return name;
}

function isTouched(dataset: Dataset, { paths, outputs }: Change): boolean {
  if (paths.has(schemaPath(dataset.name)) || paths.has(baselinePath(dataset.name))) return true;
  const { results = [] } = dataset;
  if (results.some((pattern) => [...paths].some((path) => matchesGlob(path, pattern)))) return true;
  return matchesContent(dataset, paths) || outputs.some((output) => isMeant(output, dataset));
}

/** Whether any of these paths is content of the dataset. */
export function matchesContent({ path }: Dataset, paths: Iterable<string>): boolean {
  for (const candidate of paths) if (matchesGlob(candidate, path)) return true;
  return false;
}

/** A tracked output is the dataset's file, or a folder that it may lie in. */
export function isMeant(output: string, { path }: Dataset): boolean {
  return matchesGlob(output, path) || path.startsWith(`${output}/`);
}

/** The metrics files that a change touches. */
export function touchedMetrics(project: Project, change: Change): ReadonlySet<string> {
  const files = [
    ...project.metrics.map(({ path }) => path),
    ...project.models.flatMap(({ metrics }) => metrics),
  ];
  return new Set(
    files.filter(
      (file) => change.isConfig || change.paths.has(file) || change.outputs.includes(file),
    ),
  );
}
