import type { ColumnType } from '../profile/profile';
import { boundMistake, timeOf } from '../schema/bounds';
import type { ColumnSchema } from '../schema/schema';
import { quoteIdentifier } from '../../base/escape';
import { isPlain, type RowDemand } from './rowDemand';
import { boundsSql, inSql, matchesSql, type Bounds, type SqlValue } from './rowSql';
import { searchPattern, wholePattern, type PatternStart } from './wholePattern';

/** What was demanded of one column, before it is known what fits its type. */
export interface ColumnDraft {
  readonly name: string;
  type?: ColumnType;
  required?: false;
  nulls?: number;
  unique?: true;
  readonly domains: (RowDemand & { readonly values: readonly SqlValue[] })[];
  readonly ranges: (RowDemand & Bounds)[];
  readonly patterns: (RowDemand & { readonly pattern: string; readonly start: PatternStart })[];
}

/** Where a demand goes that a column's schema has no place for. */
export interface DemandSink {
  refuse(check: string, why: string): void;
  rule(sql: string, demand: RowDemand): void;
}

type Demands = { -readonly [Key in keyof ColumnSchema]: ColumnSchema[Key] };

/** The column's schema, valid by itself; everything else goes to the sink. */
export function finishColumn(draft: ColumnDraft, sink: DemandSink): ColumnSchema {
  const { name, type, required, nulls, unique } = draft;
  const column: Demands = {
    name,
    ...(type === undefined ? {} : { type }),
    ...(required === undefined ? {} : { required }),
    ...(nulls === undefined ? {} : { nulls }),
    ...(unique === undefined ? {} : { unique }),
  };
  for (const domain of draft.domains) setDomain(column, domain, sink);
  for (const range of draft.ranges) setRange(column, range, sink);
  for (const pattern of draft.patterns) setPattern(column, pattern, sink);
  return column;
}

function setDomain(
  column: Demands,
  { values: written, ...demand }: ColumnDraft['domains'][number],
  sink: DemandSink,
): void {
  const values = column.type === 'string' ? written.map(String) : written;
  const texts = values.filter((value) => typeof value === 'string');
  const isOfTexts = texts.length === values.length && (column.type ?? 'string') === 'string';
  if (isPlain(demand) && isOfTexts && column.values === undefined) {
    column.values = [...new Set(texts)];
  } else if (values.every((value) => typeof value === 'boolean') && new Set(values).size === 2) {
    if (column.type === undefined) column.type = 'boolean';
    else if (column.type !== 'boolean') sink.refuse(demand.check, `it is of type ${column.type}`);
  } else if (new Set(values.map((value) => typeof value)).size > 1) {
    sink.refuse(demand.check, 'its values are of several types');
  } else {
    sink.rule(inSql(column.name, values), demand);
  }
}

function setRange(
  column: Demands,
  { min, max, strictMin = false, strictMax = false, ...demand }: ColumnDraft['ranges'][number],
  sink: DemandSink,
): void {
  // Each side for itself: one may have a place in the schema, the other not.
  const sides = [
    { side: 'min', bound: min, strict: strictMin, bounds: { min, strictMin } },
    { side: 'max', bound: max, strict: strictMax, bounds: { max, strictMax } },
  ] as const;
  const left = sides.filter(({ side, bound, strict }) => {
    if (bound === undefined) return false;
    if (strict || !isPlain(demand)) return true;
    return !tighten(column, side, bound);
  });
  const mistake = left
    .map(({ bound }) => boundMistake(column.type, bound))
    .find((one) => one !== undefined);
  if (mistake !== undefined) return sink.refuse(demand.check, mistake);
  const sql = left.flatMap(({ bounds }) => boundsSql(quoteIdentifier(column.name), bounds) ?? []);
  if (sql.length > 0) sink.rule(sql.join(' AND '), demand);
}

/** Whether the bound is now a demand on the column: the stricter one, where it has one already. */
function tighten(column: Demands, side: 'min' | 'max', bound: number | string): boolean {
  if (boundMistake(column.type, bound) !== undefined) return false;
  const before = column[side];
  if (before !== undefined && typeof before !== typeof bound) return false;
  const isStricter = before === undefined || (side === 'min') === placeOf(bound) > placeOf(before);
  if (isStricter) column[side] = bound;
  return true;
}

function placeOf(bound: number | string): number {
  return typeof bound === 'number' ? bound : (timeOf(bound) ?? NaN);
}

function setPattern(
  column: Demands,
  { pattern, start, ...demand }: ColumnDraft['patterns'][number],
  sink: DemandSink,
): void {
  const whole = wholePattern(pattern, start);
  if (!whole.ok) return sink.refuse(demand.check, whole.problem);
  if (isPlain(demand) && (column.pattern ?? whole.value) === whole.value) {
    column.pattern = whole.value;
    return;
  }
  const search = searchPattern(pattern, start);
  if (search.ok) sink.rule(matchesSql(column.name, search.value), demand);
}
