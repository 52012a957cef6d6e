import { extensionOf, stemOf } from './paths';

const METRICS_WORD =
  /(?:^|[^a-z])(?:metrics?|scores?|eval|evaluations?|eval_results?|results?|performance|classification_report)(?:[^a-z]|$)/i;
const METRICS_FILE =
  /^(?:(?:.+[._-])?metrics(?:[._-].+)?|scores?|evaluation|eval_results|all_results)$/i;

/** Whether a file that a script writes is a metrics file, by its name. */
export function isWrittenMetricsPath(path: string): boolean {
  return isStructured(path) && METRICS_WORD.test(stemOf(path));
}

/** Whether a file is a metrics file by its name alone, which says less than that a script writes it. */
export function isMetricsPath(path: string): boolean {
  return isStructured(path) && METRICS_FILE.test(stemOf(path));
}

function isStructured(path: string): boolean {
  return ['.json', '.yaml', '.yml'].includes(extensionOf(path));
}
