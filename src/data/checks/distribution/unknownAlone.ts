import type { ColumnProfile, Profile } from '../../profile/profile';
import { valueCount } from '../../profile/profile';
import { distributionChange, type ChangeLimits } from '../../statistics/distributionChange';
import type { KnownColumn } from '../check';
import { driftCells } from './driftCells';

interface Samples {
  readonly current: Pick<Profile, 'rows'>;
  readonly reference: Pick<Profile, 'rows'>;
}

/**
 * Whether values outside the domain are all that changed in a column: without them, or where they are what one of the
 * known values was (it is spelt otherwise now), nothing is left that the same limits would find.
 */
export function isUnknownAlone(
  { current, reference, schema }: KnownColumn,
  { current: now, reference: past }: Samples,
  limits: ChangeLimits,
): boolean {
  if (schema.values === undefined || reference === undefined) return false;
  const domain = new Set(schema.values);
  const after = withinDomain(current, now, domain);
  const before = withinDomain(reference, past, domain);
  if (after === undefined || before === undefined || after.outside === 0) return false;
  const changes = ({ column, rows }: Known): boolean => {
    const cells = driftCells(column, before.column, { current: { rows }, reference: before });
    const change = cells && distributionChange(cells, limits);
    return change !== undefined && change.verdict !== 'pass';
  };
  if (!changes(after)) return true;
  const lost = mostLost(after, before);
  return lost !== undefined && !changes(spelt(after, lost));
}

/** A column without the values outside the domain. */
interface Known {
  readonly column: ColumnProfile;
  /** Those of the values that are left, and of the missing ones. */
  readonly rows: number;
  /** How many values are left out. */
  readonly outside: number;
}

function withinDomain(
  column: ColumnProfile,
  { rows }: Pick<Profile, 'rows'>,
  domain: ReadonlySet<string>,
): Known | undefined {
  if (column.categories === undefined) return undefined;
  const categories = column.categories.filter(({ value }) => domain.has(value));
  const inside = categories.reduce((sum, { count }) => sum + count, 0);
  const outside = valueCount({ rows }, column) - inside;
  return { column: { ...column, categories }, rows: rows - outside, outside };
}

/** The known value whose share among all values became smaller by most. */
function mostLost(after: Known, before: Known): string | undefined {
  const now = new Map(after.column.categories?.map(({ value, count }) => [value, count]));
  const n = valueCount(before, before.column);
  const m = valueCount(after, after.column) + after.outside;
  const losses = (before.column.categories ?? [])
    .map(({ value, count }) => ({ value, loss: count / n - (now.get(value) ?? 0) / m }))
    .sort((a, b) => b.loss - a.loss);
  return losses[0]?.value;
}

/** The column as it would be if everything outside the domain were this value. */
function spelt({ column, rows, outside }: Known, value: string): Known {
  const { categories = [] } = column;
  const own = categories.find((category) => category.value === value)?.count ?? 0;
  const others = categories.filter((category) => category.value !== value);
  return {
    column: { ...column, categories: [...others, { value, count: own + outside }] },
    rows: rows + outside,
    outside: 0,
  };
}
