import { formatCount, formatNumber } from '../../../base/format';
import type { Finding } from '../../finding';
import { valueCount, type ColumnProfile, type Profile } from '../../profile/profile';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';

const RULE = 'constant-column';

/** With fewer values, being the same says nothing. */
const LEAST_VALUES = 20;

/** How unlikely it must be that so many values of the reference are the same by chance. */
const CHANCE = 1e-4;

/**
 * A column has one value only where it had several, and chance does not explain it; in a first look it is only said. A
 * column without values is the matter of `column-empty`.
 */
export const constantColumn: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap((column) => {
    const only = onlyValue(column.current);
    const values = valueCount(context.current, column.current);
    if (only === undefined || values === 0) return [];
    if (context.reference === undefined) {
      return values < LEAST_VALUES ? [] : [describe(context, column, only, 'first look')];
    }
    const { reference } = column;
    if (reference === undefined || !varies(reference)) return [];
    const share = largestShare(context.reference, reference, only);
    return share ** values > CHANCE ? [] : [describe(context, column, only, 'no more')];
  });
}

function onlyValue(column: ColumnProfile): string | undefined {
  const { numeric, ends = numeric, range, categories, distinct, infinities = 0 } = column;
  if (ends !== undefined) {
    return ends.min === ends.max && infinities === 0 ? String(ends.min) : undefined;
  }
  if (range !== undefined) return range.min === range.max ? range.min : undefined;
  const isOne = distinct?.count === 1 && distinct.error === 0;
  return isOne ? categories?.find(({ count }) => count > 0)?.value : undefined;
}

function varies(column: ColumnProfile): boolean {
  const { numeric, ends = numeric, range, distinct, categories = [] } = column;
  if (ends !== undefined) return ends.min < ends.max;
  if (range !== undefined) return range.min !== range.max;
  return distinct === undefined ? categories.length > 1 : distinct.count > 1;
}

/** The largest share that the value can have in the reference: its own, or that of its bin. */
function largestShare(profile: Profile, column: ColumnProfile, value: string): number {
  const values = valueCount(profile, column);
  const { categories, histogram, numeric } = column;
  if (values === 0) return 1;
  if (numeric !== undefined && histogram !== undefined) {
    const bin = histogram.edges.findIndex((edge) => Number(value) <= edge);
    return (histogram.counts.at(bin) ?? 0) / values;
  }
  if (categories !== undefined) {
    const listed = categories.find((category) => category.value === value);
    return (listed?.count ?? categories.at(-1)?.count ?? 0) / values;
  }
  // Numbers of which only the ends are known may have been nearly all the same.
  if (column.ends !== undefined) return 1;
  // Of dates only the range is known.
  return 0.5;
}

function describe(
  { dataset, current }: CheckContext,
  column: KnownColumn,
  only: string,
  when: 'first look' | 'no more',
): Finding {
  const { name, reference } = column;
  const values = formatCount(valueCount(current, column.current), 'value');
  const before = reference?.distinct;
  const expected =
    before === undefined
      ? 'several values'
      : `${before.error === 0 ? '' : 'about '}${formatNumber(before.count)} values`;
  return {
    rule: RULE,
    severity: when === 'first look' ? 'info' : 'error',
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} is ${quote(only)} in all of its ${values}${when === 'first look' ? '' : `; it had ${expected} before`}.`,
    observed: 'one value',
    expected,
    effect: { value: 1, unit: 'count', threshold: 2 },
    samples: [only],
    fix: silencing(RULE, name),
  };
}
