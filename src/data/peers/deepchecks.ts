import { ok } from '../../base/result';
import { listOf, recordOf, recordsOf, showValue, textOf, type JsonRecord } from './json';
import { nameSubject, showProse } from './prose';
import { findingOf, type PeerFailure, type PeerReader } from './peerResult';
import { parseTolerantJson } from './tolerantJson';

const TOOL = 'Deepchecks';

/**
 * `SuiteResult.to_json` and `CheckResult.to_json` of Deepchecks: the conditions of its checks. Some versions write JSON
 * in a JSON text. https://docs.deepchecks.com
 */
export const deepchecks: PeerReader = {
  tool: TOOL,
  read(content, place) {
    if (content.kind !== 'json') return undefined;
    const result = recordOf(unwrap(content.value));
    const { type } = result;
    if (type !== 'SuiteResult' && type !== 'CheckResult' && type !== 'CheckFailure')
      return undefined;
    const checks =
      type === 'SuiteResult'
        ? (Array.isArray(result.results) ? result.results : []).map((one) => recordOf(unwrap(one)))
        : [result];
    const judged = checks.flatMap(judgeCheck);
    const suite = type === 'SuiteResult' ? textOf(result.name) : undefined;
    return ok({
      tool: TOOL,
      ...(suite === undefined ? {} : { suite }),
      findings: judged
        .filter((failure) => failure !== 'passed')
        .map((failure) => findingOf(TOOL, place, failure)),
      passed: judged.filter((failure) => failure === 'passed').length,
    });
  },
};

function unwrap(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const parsed = parseTolerantJson(value);
  return parsed.ok ? parsed.value : value;
}

const RULES: Readonly<Record<string, string>> = {
  'New Category Train Test': 'category-unknown',
  'Category Mismatch Train Test': 'category-unknown',
  'Percent Of Nulls': 'nulls-increased',
  'Mixed Nulls': 'null-spellings',
  'Mixed Data Types': 'mixed-types',
  'String Mismatch': 'string-variants',
  'String Mismatch Comparison': 'string-variants',
  'Data Duplicates': 'duplicate-rows',
  'Single Value in Column': 'constant-column',
  'Is Single Value': 'constant-column',
  'Conflicting Labels': 'conflicting-labels',
  'Class Imbalance': 'class-imbalance',
  'New Label Train Test': 'label-unknown',
  'Train Test Samples Mix': 'train-test-overlap',
  'Index Train Test Leakage': 'key-overlap',
  'Date Train Test Leakage Duplicates': 'time-leak',
  'Date Train Test Leakage Overlap': 'time-leak',
  'Feature Label Correlation': 'target-leak',
  'Identifier Label Correlation': 'target-leak',
  'Feature Drift': 'drift',
  'Train Test Feature Drift': 'drift',
  'Label Drift': 'label-drift',
  'Train Test Label Drift': 'label-drift',
  'Multivariate Drift': 'multivariate-drift',
};

type Judged = PeerFailure | 'passed';

function judgeCheck(result: JsonRecord): readonly Judged[] {
  const name = textOf(recordOf(result.check).name) ?? textOf(result.header) ?? 'check';
  if (result.type === 'CheckFailure') return [failedToRun(name, result)];
  return recordsOf(result.conditions_results).map((condition): Judged => {
    const status = condition.Status;
    if (status === 'PASS' || status === '✓') return 'passed';
    const more = showValue(condition['More Info'] ?? 'no more is told');
    const column = columnOf(more);
    return {
      rule: Object.hasOwn(RULES, name) ? (RULES[name] ?? name) : name,
      severity: status === 'WARN' || status === '!' ? 'warning' : 'error',
      column,
      check: name,
      what: `${nameSubject(column)} failed "${plain(condition.Condition)}": ${showProse(plain(more))}`,
      observed: plain(more),
      expected: plain(condition.Condition),
      samples: newCategories(result.value),
    };
  });
}

/** A check that does not apply (no label, no index) does not fail its suite there either. */
function failedToRun(name: string, result: JsonRecord): PeerFailure {
  const why = plain(result.exception ?? result.value ?? 'no reason is given');
  return {
    rule: name,
    severity: 'info',
    check: name,
    what: `it did not run: ${showProse(why)}`,
    observed: 'it did not run',
    expected: 'a check that runs',
  };
}

/** Of the HTML that stands in texts nothing is kept. */
function plain(value: unknown): string {
  return showValue(value ?? '')
    .replace(/<[^<>]*>/g, '')
    .replace(/\s+/g, ' ');
}

/** The one column that the text names: `{'age': '10%'}`. */
function columnOf(text: string): string | undefined {
  const [only, ...others] = [...text.matchAll(/[{,]\s*'([^']+)':/g)];
  return others.length === 0 ? only?.[1] : undefined;
}

/** The values that were not there before, of the one column that has some. */
function newCategories(value: unknown): readonly unknown[] {
  const rows = Array.isArray(unwrap(value)) ? recordsOf(unwrap(value)) : [];
  return rows.flatMap((row) => listOf(row['New categories']));
}
