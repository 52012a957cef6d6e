import { formatCount, formatNumber } from '../../../base/format';
import type { Finding } from '../../finding';
import { valueCount, type ColumnProfile, type Histogram } from '../../profile/profile';
import { timeOf } from '../../schema/bounds';
import { columnPath } from '../../schema/schemaEdit';
import {
  accepting,
  knownColumns,
  quote,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';

const RULE = 'out-of-range';

const DAY_MS = 86_400_000;

type Side = 'min' | 'max';

/** Values beyond the bounds that the schema sets, which are allowed themselves. Each side is a finding of its own. */
export const outOfRange: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const sides: readonly Side[] = ['min', 'max'];
  return knownColumns(context).flatMap((column) =>
    sides.flatMap((side) => {
      const bound = column.schema[side];
      const reached = bound === undefined ? undefined : beyond(column.current, side, bound);
      return bound === undefined || reached === undefined
        ? []
        : [describe(context, column, side, bound, reached)];
    }),
  );
}

/** The extreme value, where it is beyond the bound. */
function beyond(
  { numeric, ends = numeric, range }: ColumnProfile,
  side: Side,
  bound: number | string,
): number | string | undefined {
  if (typeof bound === 'number') {
    if (ends === undefined) return undefined;
    return isBeyond(ends[side], side, bound) ? ends[side] : undefined;
  }
  const limit = timeOf(bound);
  const extreme = range === undefined ? undefined : timeOf(range[side]);
  if (limit === undefined || extreme === undefined) return undefined;
  if (side === 'min') return extreme < limit ? range?.min : undefined;
  // A day as the last one is meant as a whole.
  const end = /[ T]\d/.test(bound) ? limit : limit + DAY_MS - 1;
  return extreme > end ? range?.max : undefined;
}

interface Outside {
  readonly count: number;
  /** False where it may be more. */
  readonly exact: boolean;
}

/** As far as the extremes and the bins tell it. */
function countOutside(column: ColumnProfile, side: Side, bound: number | string): Outside {
  if (typeof bound === 'string') return { count: 1, exact: false };
  const { histogram } = column;
  const { own, next } = endOf(column, side);
  if (next !== undefined && !isBeyond(next, side, bound)) return { count: own, exact: true };
  const binned = histogram === undefined ? 0 : countBins(histogram, side, bound);
  // A bin ends with its upper edge: with an upper bound on an edge, the bins tell it exactly.
  if (side === 'max' && histogram?.edges.includes(bound) === true)
    return { count: binned, exact: true };
  return { count: Math.max(next === undefined ? own : own + 1, binned), exact: false };
}

/** How often the extreme value occurs, and the one next to it where it is known. */
function endOf({ extremes }: ColumnProfile, side: Side): { own: number; next?: number } {
  if (extremes === undefined) return { own: 1 };
  const { minCount, maxCount, nextMin, nextMax } = extremes;
  const [own, next] = side === 'min' ? [minCount, nextMin] : [maxCount, nextMax];
  return next === undefined ? { own } : { own, next };
}

function isBeyond(value: number, side: Side, bound: number): boolean {
  return side === 'min' ? value < bound : value > bound;
}

/** Values in the bins that are beyond the bound as a whole. */
function countBins({ edges, counts }: Histogram, side: Side, bound: number): number {
  const outside = counts.filter((_, bin) => {
    const upper = edges[bin];
    const lower = edges[bin - 1];
    return side === 'min'
      ? upper !== undefined && upper < bound
      : lower !== undefined && lower >= bound;
  });
  return outside.reduce((sum, count) => sum + count, 0);
}

function describe(
  context: CheckContext,
  { name, current }: KnownColumn,
  side: Side,
  bound: number | string,
  reached: number | string,
): Finding {
  const { count, exact } = countOutside(current, side, bound);
  const rows = `${exact ? '' : 'at least '}${formatCount(count, 'row')}`;
  const [direction, extreme, limit] =
    side === 'min' ? ['below', 'down to', 'at least'] : ['above', 'up to', 'at most'];
  const values = valueCount(context.current, current);
  return {
    rule: RULE,
    severity: 'error',
    dataset: context.dataset.name,
    column: name,
    message: `${quote(name)} goes ${extreme} ${format(reached)}, ${direction} ${format(bound)}, in ${rows}.`,
    observed: `${extreme} ${format(reached)} (${rows})`,
    expected: `${limit} ${format(bound)}`,
    effect: { value: count / values, unit: 'share', threshold: 0 },
    samples: [String(reached)],
    fix: accepting(RULE, name, `Allow ${quote(name)} ${extreme} ${format(reached)}`, {
      action: 'set',
      path: columnPath(name, side),
      value: reached,
    }),
    where: { kind: 'outside', column: name, [side]: bound },
  };
}

function format(value: number | string): string {
  return typeof value === 'string' ? value : formatNumber(value, 6);
}
