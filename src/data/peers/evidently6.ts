import { formatNumber } from '../../base/format';
import { ok, type Result } from '../../base/result';
import type { Severity } from '../finding';
import { EVIDENTLY_SEVERITIES } from './evidently7';
import { nameSubject, showProse } from './prose';
import { evidentlyRule } from './evidentlyRules';
import {
  isRecord,
  numberOf,
  recordOf,
  recordsOf,
  showValue,
  textOf,
  type JsonRecord,
} from './json';
import {
  findingOf,
  type PeerFailure,
  type PeerPlace,
  type PeerReader,
  type PeerResult,
} from './peerResult';

const TOOL = 'Evidently';

/**
 * What Evidently up to 0.6 saves as JSON: test suites, and reports, of which only drift is a judgement. A report has no
 * severity of its own, and its drift is a warning.
 */
export const evidently6: PeerReader = {
  tool: TOOL,
  read(content, place) {
    const { value } = content;
    if (content.kind !== 'json' || !isRecord(value)) return undefined;
    const tests = recordsOf(value.tests);
    if (tests.length > 0 && tests.every((test) => 'status' in test && 'group' in test)) {
      return readTests(tests, value, place);
    }
    const metrics = recordsOf(value.metrics);
    if (metrics.length > 0 && metrics.every((metric) => 'metric' in metric && 'result' in metric)) {
      return readReport(metrics, value, place);
    }
    return undefined;
  },
};

function readTests(
  tests: readonly JsonRecord[],
  suite: JsonRecord,
  place: PeerPlace,
): Result<PeerResult> {
  const failures = tests.flatMap(failureOfTest);
  return ok({
    tool: TOOL,
    suite: 'tests',
    ...timeOf(suite),
    findings: failures.map((failure) => findingOf(TOOL, place, failure)),
    passed: tests.length - failures.length,
  });
}

/** Local time without a zone, as Python's `str(datetime)`. */
function timeOf({ timestamp }: JsonRecord): { readonly time?: number } {
  const time = typeof timestamp === 'string' ? Date.parse(timestamp.replace(' ', 'T')) : NaN;
  return Number.isNaN(time) ? {} : { time };
}

function failureOfTest(test: JsonRecord): readonly PeerFailure[] {
  const { status } = test;
  if (status !== 'FAIL' && status !== 'WARNING' && status !== 'ERROR') return [];
  const name = (textOf(test.name) ?? 'test').trim();
  const description = showValue(test.description ?? name);
  const parameters = recordOf(test.parameters);
  const missing = /(?:No|Cannot find) column '(.+?)'/.exec(description)?.[1];
  const column =
    textOf(parameters.column_name) ?? /\*\*(.+?)\*\*/.exec(description)?.[1] ?? missing;
  const isMissing = status === 'ERROR' && missing !== undefined;
  return [
    {
      rule: isMissing ? 'column-missing' : evidentlyRule(name),
      severity: EVIDENTLY_SEVERITIES[status],
      column,
      check: name,
      what: `${status === 'ERROR' ? 'it could not be evaluated: ' : ''}${showProse(description.replaceAll('**', '"'))}`,
      observed: numberText(parameters.value ?? parameters.score),
      expected: conditionOf(parameters),
      effect: scoreOf(parameters.stattest, parameters.score, parameters.threshold),
    },
  ];
}

function numberText(value: unknown): string | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : formatNumber(number);
}

const CONDITIONS: Readonly<Record<string, string>> = {
  eq: 'exactly',
  not_eq: 'not',
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
};

function conditionOf({ condition, stattest, threshold }: JsonRecord): string | undefined {
  const parts = Object.entries(recordOf(condition)).map(
    ([key, value]) => `${CONDITIONS[key] ?? key} ${showValue(value)}`,
  );
  if (parts.length > 0) return parts.join(' and ');
  if (textOf(stattest) === undefined) return undefined;
  return `${showValue(stattest)} within ${showValue(threshold)}`;
}

/** A p-value or a distance, which only the name of the test tells. */
function scoreOf(stattest: unknown, score: unknown, threshold: unknown): PeerFailure['effect'] {
  const unit = textOf(stattest);
  const value = numberOf(score);
  const limit = numberOf(threshold);
  if (unit === undefined || value === undefined) return undefined;
  return { value, unit, ...(limit === undefined ? {} : { threshold: limit }) };
}

function readReport(
  metrics: readonly JsonRecord[],
  report: JsonRecord,
  place: PeerPlace,
): Result<PeerResult> {
  const judged = metrics.flatMap(({ metric, result }) => {
    const values = recordOf(result);
    const columns = recordsOf(Object.values(recordOf(values.drift_by_columns)));
    const own = 'drift_detected' in values ? [values] : [];
    return [...columns, ...own].map((column) => ({ metric: showValue(metric), column }));
  });
  const failures = judged.filter(({ column }) => column.drift_detected === true);
  return ok({
    tool: TOOL,
    suite: 'report',
    ...timeOf(report),
    findings: failures.map(({ metric, column }) =>
      findingOf(TOOL, place, driftOf(metric, column, 'warning')),
    ),
    passed: judged.length - failures.length,
  });
}

function driftOf(metric: string, column: JsonRecord, severity: Severity): PeerFailure {
  const name = textOf(column.column_name);
  const { stattest_name: test, stattest_threshold: threshold, drift_score: score } = column;
  const shown = numberText(score) ?? showValue(score);
  return {
    rule: 'drift',
    severity,
    column: name,
    check: metric,
    what: `${nameSubject(name)} drifted: ${showValue(test)} is ${shown}; the threshold is ${showValue(threshold)}.`,
    observed: shown,
    expected: `${showValue(test)} within ${showValue(threshold)}`,
    effect: scoreOf(test, score, threshold),
  };
}
