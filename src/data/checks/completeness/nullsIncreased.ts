import { formatShare } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
import { columnPath, roundUp } from '../../schema/schemaEdit';
import {
  accepting,
  knownColumns,
  quote,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { certainIncrease, formatPart } from '../increase';

const RULE = 'nulls-increased';

/** From a certain increase of 5 points on it is an error. */
const GRAVE_INCREASE = 0.05;

/**
 * More values are missing than the schema allows; without a limit there, more than in the reference: the Newcombe
 * interval of the difference is above zero, and the increase is large enough to matter.
 */
export const nullsIncreased: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap((column) => {
    const limit = column.schema.nulls;
    return limit === undefined ? compare(context, column) : exceed(context, column, limit);
  });
}

function missing({ nulls, nans }: { readonly nulls: number; readonly nans: number }): number {
  return nulls + nans;
}

function exceed(context: CheckContext, column: KnownColumn, limit: number): Finding[] {
  const share = missing(column.current) / context.current.rows;
  if (share <= limit) return [];
  const expected = limit === 0 ? 'none' : `at most ${formatShare(limit)}`;
  return [describe(context, column, 'error', `${expected} allowed`, expected, limit)];
}

function compare(context: CheckContext, column: KnownColumn): Finding[] {
  const { current, reference } = context;
  if (reference === undefined || column.reference === undefined) return [];
  const now = { count: missing(column.current), total: current.rows };
  const before = { count: missing(column.reference), total: reference.rows };
  const lower = certainIncrease(now, before);
  if (lower === undefined) return [];
  const shareBefore = before.count / before.total;
  const severity = lower >= GRAVE_INCREASE ? 'error' : 'warning';
  const expected = shareBefore === 0 ? 'none before' : `${formatShare(shareBefore)} before`;
  return [describe(context, column, severity, expected, expected, GRAVE_INCREASE, lower)];
}

function describe(
  { dataset, current: { rows } }: CheckContext,
  { name, current }: KnownColumn,
  severity: Severity,
  against: string,
  expected: string,
  threshold: number,
  lower?: number,
): Finding {
  const count = missing(current);
  const observed = formatPart({ count, total: rows });
  return {
    rule: RULE,
    severity,
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} is missing in ${observed} of the rows; ${against}.`,
    observed,
    expected,
    effect: {
      value: count / rows,
      unit: 'share',
      threshold,
      ...(lower === undefined ? {} : { lower }),
    },
    samples: [],
    fix: accepting(RULE, name, `Allow missing values in ${quote(name)}`, {
      action: 'set',
      path: columnPath(name, 'nulls'),
      value: roundUp(count / rows),
    }),
    where: { kind: 'missing', column: name },
  };
}
