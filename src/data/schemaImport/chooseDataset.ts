import { nearestWord } from '../../base/nearest';
import { failed, ok, type Result } from '../../base/result';

/**
 * Whose schema an imported one becomes: the named dataset, else the one that the tool calls so, else the only one.
 * Problems `dataset-unknown`, `dataset-ambiguous`.
 * @param datasets the names of the project's
 * @param called what the tool calls its schema
 */
export function chooseDataset(
  datasets: readonly string[],
  typed: string | undefined,
  called: string | undefined,
): Result<string> {
  if (typed !== undefined && !datasets.includes(typed)) {
    const nearest = nearestWord(typed, datasets);
    return failed({
      code: 'dataset-unknown',
      message: `There is no dataset "${typed}" in this project.`,
      fix: nearest === undefined ? 'Name it in preflight.yaml.' : `Did you mean "${nearest}"?`,
    });
  }
  const [only, ...others] = datasets;
  const chosen =
    typed ?? datasets.find((name) => name === called) ?? (others.length === 0 ? only : undefined);
  if (chosen !== undefined) return ok(chosen);
  if (only === undefined) {
    return failed({
      code: 'dataset-unknown',
      message: 'This project has no datasets.',
      fix: 'Name one in preflight.yaml.',
    });
  }
  return failed({
    code: 'dataset-ambiguous',
    message: 'It is not known which dataset the schema is for.',
    fix: `Name it with --dataset: ${datasets.join(', ')}.`,
  });
}
