import { baseName, extensionOf, stemOf } from '../files/paths';

const METRICS_WORD =
  /(?:^|[^a-z])(?:metrics?|scores?|eval|evaluations?|eval_results?|results?|performance|classification_report)(?:[^a-z]|$)/i;
const METRICS_FILE =
  /^(?:(?:.+[._-])?metrics(?:[._-].+)?|scores?|evaluation|eval_results|all_results)\.(?:json|ya?ml)$/i;
/** What every such name has in it: a look that costs little, for repositories of a hundred thousand JSON files. */
const SOME_METRICS_WORD = /metrics|score|evaluation|_results/i;

/** Whether a file that a script writes is a metrics file, by its name. */
export function isWrittenMetricsPath(path: string): boolean {
  const isStructured = ['.json', '.yaml', '.yml'].includes(extensionOf(path));
  return isStructured && METRICS_WORD.test(stemOf(path));
}

/** Whether a file is a metrics file by its name alone, which says less than that a script writes it. */
export function isMetricsPath(path: string): boolean {
  return SOME_METRICS_WORD.test(path) && METRICS_FILE.test(baseName(path));
}
