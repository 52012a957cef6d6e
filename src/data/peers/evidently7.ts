import { formatNumber } from '../../base/format';
import { ok } from '../../base/result';
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
import { findingOf, type PeerFailure, type PeerReader } from './peerResult';
import { nameSubject, showProse } from './prose';

const TOOL = 'Evidently';

/** Snapshots of Evidently from 0.7 on (`snapshot.save_json`): what its tests came to. https://docs.evidentlyai.com */
export const evidently7: PeerReader = {
  tool: TOOL,
  read(content, place) {
    const { value } = content;
    if (content.kind !== 'json' || !isRecord(value) || !Array.isArray(value.metrics))
      return undefined;
    const metrics = recordsOf(value.metrics);
    const tests = recordsOf(value.tests);
    const isSnapshot =
      metrics.every((metric) => 'metric_id' in metric || 'metric_name' in metric) &&
      tests.every((test) => 'metric_config' in test) &&
      metrics.length + tests.length > 0;
    if (!isSnapshot) return undefined;
    const values = new Map(metrics.map((metric) => [metric.id, metric.value]));
    const failures = tests.flatMap((test) => failuresOf(test, values));
    return ok({
      tool: TOOL,
      findings: failures.map((failure) => findingOf(TOOL, place, failure)),
      passed: tests.length - failures.length,
    });
  },
};

/** Tests that are not critical warn; what could not be evaluated counts as failed there too. */
export const EVIDENTLY_SEVERITIES = { FAIL: 'error', ERROR: 'error', WARNING: 'warning' } as const;

function failuresOf(
  test: JsonRecord,
  values: ReadonlyMap<unknown, unknown>,
): readonly PeerFailure[] {
  const { status } = test;
  if (status !== 'FAIL' && status !== 'WARNING' && status !== 'ERROR') return [];
  const config = recordOf(test.metric_config);
  const params = recordOf(config.params);
  const type = textOf(params.type)?.split(':').at(-1) ?? textOf(test.id) ?? 'test';
  const column = textOf(params.column);
  const description = showValue(test.description ?? test.name ?? 'no description');
  const value = values.get(config.metric_id);
  // Drift is told without the column.
  const isNamed = column === undefined || description.includes(column);
  const subject = isNamed ? '' : `${nameSubject(column)}: `;
  return [
    {
      rule: evidentlyRule(type),
      severity: EVIDENTLY_SEVERITIES[status],
      column,
      check: type,
      what: `${status === 'ERROR' ? 'it could not be evaluated: ' : ''}${subject}${showProse(description)}`,
      observed: value === undefined ? undefined : showMeasured(value),
      expected: expectedOf(recordOf(test.test_config), params),
      effect: driftEffect(params, value),
      samples: unknownValues(params, value),
    },
  ];
}

function showMeasured(value: unknown): string {
  const number = numberOf(value);
  if (number !== undefined) return formatNumber(number);
  const { count, share } = recordOf(value);
  if (numberOf(count) === undefined) return showValue(value);
  return `${formatNumber(Number(count))}${numberOf(share) === undefined ? '' : ` (a share of ${formatNumber(Number(share))})`}`;
}

const CONDITIONS: Readonly<Record<string, string>> = {
  GreaterOrEqualMetricTest: 'at least',
  GreaterThanMetricTest: 'more than',
  LessOrEqualMetricTest: 'at most',
  LessThanMetricTest: 'less than',
  EqualMetricTest: 'exactly',
  NotEqualMetricTest: 'not',
};

function expectedOf(test: JsonRecord, params: JsonRecord): string | undefined {
  const condition = CONDITIONS[textOf(test.type)?.split(':').at(-1) ?? ''];
  const bound = test.threshold ?? test.expected;
  if (condition !== undefined && bound !== undefined) return `${condition} ${showValue(bound)}`;
  const { method, threshold } = params;
  if (textOf(method) === undefined || numberOf(threshold) === undefined) return undefined;
  return `${showValue(method)} within ${showValue(threshold)}`;
}

function driftEffect({ method, threshold }: JsonRecord, value: unknown): PeerFailure['effect'] {
  const score = numberOf(value);
  const limit = numberOf(threshold);
  const unit = textOf(method);
  if (score === undefined || limit === undefined || unit === undefined) return undefined;
  return { value: score, unit, threshold: limit };
}

/** A list of values is told with those that are in it only; nothing names the others. */
function unknownValues({ values }: JsonRecord, value: unknown): readonly string[] {
  const counts = recordOf(recordOf(value).counts);
  const known = new Set(Array.isArray(values) ? values.map(String) : []);
  return known.size === 0 ? [] : Object.keys(counts).filter((name) => !known.has(name));
}
