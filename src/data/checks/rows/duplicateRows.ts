import { formatShare } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
import { roundUp } from '../../schema/schemaEdit';
import type { Proportion } from '../../statistics/proportions';
import { acceptingDataset, type Check, type CheckContext } from '../check';
import { certainIncrease, formatPart } from '../increase';

const RULE = 'duplicate-rows';

/** From a certain increase of 5 points on it is an error. */
const GRAVE_INCREASE = 0.05;

/** Where more than half of the rows repeat, rows are no single cases: the table has few different ones by its nature. */
const BY_NATURE = 0.5;

/**
 * More rows are the same as an earlier one than the schema allows; without a limit there, more than in the reference;
 * without a reference, that there are some is told.
 */
export const duplicateRows: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { current, schema } = context;
  const count = current.facts?.duplicates;
  if (count === undefined || count === 0) return [];
  const decision =
    schema.duplicates === undefined
      ? compare(context, { count, total: current.rows })
      : exceed(count / current.rows, schema.duplicates);
  return decision === undefined ? [] : [describe(context, count, decision)];
}

function exceed(share: number, limit: number): Decision | undefined {
  const expected = limit === 0 ? 'none' : `at most ${formatShare(limit)}`;
  return share > limit
    ? { severity: 'error', expected, against: `${expected} allowed`, threshold: limit }
    : undefined;
}

function compare({ reference }: CheckContext, now: Proportion): Decision | undefined {
  const count = reference?.facts?.duplicates;
  if (reference === undefined || count === undefined) {
    const byNature = now.count / now.total > BY_NATURE;
    return byNature ? undefined : { severity: 'info', expected: 'none' };
  }
  const lower = certainIncrease(now, { count, total: reference.rows });
  if (lower === undefined) return undefined;
  const expected = count === 0 ? 'none before' : `${formatShare(count / reference.rows)} before`;
  const severity = lower >= GRAVE_INCREASE ? 'error' : 'warning';
  return { severity, expected, against: expected, threshold: GRAVE_INCREASE, lower };
}

interface Decision {
  readonly severity: Severity;
  readonly expected: string;
  readonly against?: string;
  readonly threshold?: number;
  readonly lower?: number;
}

function describe(
  { dataset, current: { rows } }: CheckContext,
  count: number,
  { severity, expected, against, ...bounds }: Decision,
): Finding {
  const observed = formatPart({ count, total: rows });
  return {
    rule: RULE,
    severity,
    dataset: dataset.name,
    message: `${observed} of the rows are the same as an earlier one${against === undefined ? '' : `; ${against}`}.`,
    observed,
    expected,
    effect: { value: count / rows, unit: 'share', ...bounds },
    samples: [],
    where: { kind: 'repeated', columns: [] },
    fix: acceptingDataset(RULE, 'Allow as many repeated rows', {
      action: 'set',
      path: ['duplicates'],
      value: roundUp(count / rows),
    }),
  };
}
