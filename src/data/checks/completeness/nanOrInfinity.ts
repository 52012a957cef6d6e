import type { Finding, Severity } from '../../finding';
import { valueCount } from '../../profile/profile';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { certainIncrease, formatPart } from '../increase';
import { nullsIncreased } from './nullsIncreased';

const RULE = 'nan-or-infinity';

/**
 * Numbers are infinite, or not a number where none was before. Not-a-number values are missing values too: where
 * `nulls-increased` tells of them, this rule does not.
 */
export const nanOrInfinity: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const told = new Set(nullsIncreased.find(context).map(({ column }) => column));
  return knownColumns(context).flatMap((column) => [
    ...findInfinities(context, column),
    ...(told.has(column.name) ? [] : findNans(context, column)),
  ]);
}

function findInfinities(context: CheckContext, column: KnownColumn): readonly Finding[] {
  const { current, reference } = column;
  const count = current.infinities ?? 0;
  if (count === 0) return [];
  const now = { count, total: valueCount(context.current, current) };
  if (context.reference === undefined || reference === undefined) {
    return [
      describe(context, column, now, { severity: 'warning', what: 'infinite', expected: 'none' }),
    ];
  }
  const before = {
    count: reference.infinities ?? 0,
    total: valueCount(context.reference, reference),
  };
  const isNew = before.count === 0;
  if (!isNew && certainIncrease(now, before) === undefined) return [];
  const severity = isNew ? 'error' : 'warning';
  const expected = isNew ? 'none before' : `${formatPart(before)} before`;
  return [describe(context, column, now, { severity, what: 'infinite', expected })];
}

function findNans(context: CheckContext, column: KnownColumn): readonly Finding[] {
  const { current, reference } = column;
  const count = current.nans;
  if (count === 0 || (reference !== undefined && reference.nans > 0)) return [];
  const isFirst = context.reference === undefined;
  const severity = isFirst ? 'info' : 'warning';
  const expected = isFirst ? 'none' : 'none before';
  const now = { count, total: context.current.rows };
  return [describe(context, column, now, { severity, what: 'not a number', expected })];
}

interface Words {
  readonly severity: Severity;
  readonly what: 'infinite' | 'not a number';
  readonly expected: string;
}

function describe(
  { dataset }: CheckContext,
  { name }: KnownColumn,
  now: { readonly count: number; readonly total: number },
  { severity, what, expected }: Words,
): Finding {
  const part = formatPart(now);
  const isInfinite = what === 'infinite';
  return {
    rule: RULE,
    severity,
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} is ${what} in ${part} of its ${isInfinite ? 'values' : 'rows'}${expected === 'none' ? '' : `; ${expected}`}.`,
    observed: part,
    expected,
    effect: { value: now.count / now.total, unit: 'share', threshold: 0 },
    samples: [],
    fix: silencing(RULE, name),
    where: isInfinite ? { kind: 'infinite', column: name } : { kind: 'missing', column: name },
  };
}
