import type { Problem } from '../../base/problem';
import type { Result } from '../../base/result';
import type { MetricValue } from '../comparison';

/** What one metrics file says. */
export interface MetricsReading {
  /** In the order of the file. A value may be NaN or infinite: then a problem says so as well. */
  readonly values: readonly MetricValue[];
  /** `metric-not-finite`, each with its line; the other metrics hold. */
  readonly problems: readonly Problem[];
}

/** Reads one format of metrics files. `file` is the path for evidence and messages. */
export interface MetricsReader {
  /** In lower case, with the dot. */
  readonly extensions: readonly string[];
  readMetrics(file: string, text: string): Result<MetricsReading>;
}

/** The numbers of a file with their lines, where those that are no finite numbers become problems too. */
export function describeMetrics(file: string, numbers: readonly FlatNumber[]): MetricsReading {
  const values = new Map<string, MetricValue>();
  for (const { path, value, line } of numbers) {
    const name = path.join('.');
    values.set(name, { name, value, source: { file, line } });
  }
  const problems = [...values.values()]
    .filter(({ value }) => !Number.isFinite(value))
    .map(({ name, value, source }) => ({
      code: 'metric-not-finite',
      message: `The metric "${name}" is ${value}, which cannot be compared.`,
      file,
      line: source.line,
      fix: 'Find out why the evaluation gave no finite number, and run it again.',
    }));
  return { values: [...values.values()], problems };
}

/** A number that stands under these keys; `line` is 1-based. */
export interface FlatNumber {
  readonly path: readonly string[];
  readonly value: number;
  readonly line: number;
}

export function notNamed(file: string): Problem {
  return {
    code: 'metrics-invalid',
    message: 'This file holds no named metrics.',
    file,
    line: 1,
    fix: 'Write an object of names and numbers, such as {"auc": 0.91}.',
  };
}
