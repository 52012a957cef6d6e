import { nearestWord } from '../base/nearest';
import { failed, ok, type Result } from '../base/result';
import type { Dataset } from '../project/project';

/** The datasets of these names or paths (a name counts first); default: all. Problem `dataset-unknown`, with the nearest name. */
export function chooseDatasets(
  datasets: readonly Dataset[],
  names: readonly string[] | undefined,
): Result<readonly Dataset[]> {
  if (names === undefined) return ok(datasets);
  const known = new Map([
    ...datasets.map((dataset) => [dataset.path, dataset] as const),
    ...datasets.map((dataset) => [dataset.name, dataset] as const),
  ]);
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return ok(names.flatMap((name) => known.get(name) ?? []));
  const nearest = nearestWord(unknown, known.keys());
  return failed({
    code: 'dataset-unknown',
    message: `There is no dataset "${unknown}" in this project.`,
    fix: nearest === undefined ? 'Name it in preflight.yaml.' : `Did you mean "${nearest}"?`,
  });
}
