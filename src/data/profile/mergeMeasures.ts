import { compareCodeUnits } from '../../base/canonicalJson';
import { chooseEdges } from './edges';
import type {
  ColumnMeasures,
  Misfits,
  NumberMeasures,
  PartMeasures,
  TextMeasures,
  ValueSample,
} from './measures';
import { measureValues, mergeNumbers, type ValueCount } from './numbers';
import type { CategoryCount, ColumnShape, ColumnType, ProfileShape } from './profile';
import { mergeSamples } from './valueSample';

/**
 * The measures of all parts together. A column that a part does not have is missing in all its rows. Columns stand in
 * the order in which the parts name them.
 * @param shape what the parts were counted on
 */
export function mergeMeasures(
  parts: readonly PartMeasures[],
  shape: ProfileShape = new Map(),
): PartMeasures {
  const [first = { rows: 0, columns: [] }, ...others] = parts;
  return others.reduce((merged, part) => mergeTwo(merged, part, shape), first);
}

function mergeTwo(a: PartMeasures, b: PartMeasures, shape: ProfileShape): PartMeasures {
  const later = new Map(b.columns.map((column) => [column.name, column]));
  const known = new Set(a.columns.map(({ name }) => name));
  const joined = a.columns.map((column) => {
    const other = later.get(column.name);
    return other === undefined
      ? absentIn(column, b.rows)
      : mergeColumns(column, other, shape.get(column.name));
  });
  const added = b.columns.filter(({ name }) => !known.has(name));
  return {
    rows: a.rows + b.rows,
    columns: [...joined, ...added.map((column) => absentIn(column, a.rows))],
    ...(a.files === undefined ? {} : { files: a.files }),
  };
}

function absentIn(column: ColumnMeasures, rows: number): ColumnMeasures {
  return { ...column, nulls: column.nulls + rows };
}

function mergeColumns(
  a: ColumnMeasures,
  b: ColumnMeasures,
  shape: ColumnShape | undefined,
): ColumnMeasures {
  const type = joinTypes(a, b);
  const values = mergeValues(a, b);
  const isComplete = values?.level === 0;
  const numbers = isComplete ? undefined : mergeNumberMeasures(a, b, shape);
  const asked = isComplete ? undefined : mergeAsked(a, b, shape);
  const texts = mergeTexts(a.texts, b.texts);
  const range = mergeRanges(a.range, b.range);
  const misfits = mergeMisfits(a.misfits, b.misfits);
  const patternMisses = addCounts(a.patternMisses, b.patternMisses);
  return {
    name: a.name,
    type,
    nativeType: a.nativeType === b.nativeType ? a.nativeType : `${a.nativeType} or ${b.nativeType}`,
    nulls: a.nulls + b.nulls,
    nans: a.nans + b.nans,
    infinities: a.infinities + b.infinities,
    ...(values === undefined ? {} : { values }),
    ...(numbers === undefined ? {} : { numbers }),
    ...(asked === undefined ? {} : { asked }),
    ...(texts === undefined ? {} : { texts }),
    ...(range === undefined ? {} : { range }),
    ...(misfits === undefined ? {} : { misfits }),
    ...(patternMisses === undefined ? {} : { patternMisses }),
  };
}

/** Absent where neither has counted. */
function addCounts(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a + b;
}

const NUMBERS: ReadonlySet<ColumnType> = new Set(['integer', 'number']);
const TIMES: ReadonlySet<ColumnType> = new Set(['date', 'timestamp']);

/** A part without any values says nothing of the type. */
function joinTypes(a: ColumnMeasures, b: ColumnMeasures): ColumnType {
  if (a.type === b.type || isVoid(b)) return a.type;
  if (isVoid(a)) return b.type;
  if (NUMBERS.has(a.type) && NUMBERS.has(b.type)) return 'number';
  if (TIMES.has(a.type) && TIMES.has(b.type)) return 'timestamp';
  return a.type === 'other' || b.type === 'other' ? 'other' : 'string';
}

function isVoid({ values, numbers, nans, infinities }: ColumnMeasures): boolean {
  const isEmpty = values === undefined || (values.level === 0 && values.entries.length === 0);
  return isEmpty && numbers === undefined && nans + infinities === 0;
}

/** Numbers and texts have different hashes: their samples have nothing in common. */
function mergeValues(a: ColumnMeasures, b: ColumnMeasures): ValueSample | undefined {
  if (a.values === undefined || b.values === undefined) return undefined;
  const kinds = new Set([...kindsOf(a), ...kindsOf(b)]);
  return kinds.size <= 1 ? mergeSamples(a.values, b.values) : undefined;
}

function kindsOf({ values }: ColumnMeasures): readonly string[] {
  const first = values?.entries[0];
  return first === undefined ? [] : [typeof first[0]];
}

/** The numbers of a column, also where its complete values tell them. */
export function numbersOf(
  { type, values, numbers }: ColumnMeasures,
  edges: readonly number[] | undefined,
): NumberMeasures | undefined {
  if (numbers !== undefined) return numbers;
  const counts = numericValues(values?.entries ?? []);
  return measureValues(counts, edges ?? chooseEdges(counts, type === 'integer'));
}

function numericValues(
  entries: readonly (readonly [string | number, number, number])[],
): ValueCount[] {
  return entries.flatMap(([value, count]) => (typeof value === 'number' ? [{ value, count }] : []));
}

function mergeNumberMeasures(
  a: ColumnMeasures,
  b: ColumnMeasures,
  shape: ColumnShape | undefined,
): NumberMeasures | undefined {
  const edges = shape?.edges ?? a.numbers?.histogram.edges ?? b.numbers?.histogram.edges;
  const ofA = numbersOf(a, edges);
  const ofB = numbersOf(b, edges ?? ofA?.histogram.edges);
  if (ofA === undefined) return ofB;
  return ofB === undefined ? ofA : mergeNumbers(ofA, ofB);
}

/** How often each value that was asked for occurs, also where complete values tell it. */
export function askedOf(
  { values, asked }: ColumnMeasures,
  categories: readonly string[],
): readonly CategoryCount[] {
  if (asked !== undefined || values?.level !== 0) return asked ?? [];
  const wanted = new Set(categories);
  return values.entries.flatMap(([value, count]) =>
    typeof value === 'string' && wanted.has(value) ? [{ value, count }] : [],
  );
}

function mergeAsked(
  a: ColumnMeasures,
  b: ColumnMeasures,
  shape: ColumnShape | undefined,
): readonly CategoryCount[] | undefined {
  const categories = shape?.categories;
  if (categories === undefined) return undefined;
  return mergeCounts(askedOf(a, categories), askedOf(b, categories));
}

function mergeCounts(
  a: readonly CategoryCount[],
  b: readonly CategoryCount[],
): readonly CategoryCount[] {
  const counts = new Map(a.map(({ value, count }) => [value, count]));
  for (const { value, count } of b) counts.set(value, count + (counts.get(value) ?? 0));
  return [...counts].map(([value, count]) => ({ value, count })).sort(byFrequency);
}

export function byFrequency(a: CategoryCount, b: CategoryCount): number {
  return b.count - a.count || compareCodeUnits(a.value, b.value);
}

function mergeTexts(
  a: TextMeasures | undefined,
  b: TextMeasures | undefined,
): TextMeasures | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.count === 0 || b.count === 0) return a.count === 0 ? b : a;
  return {
    count: a.count + b.count,
    minLength: Math.min(a.minLength, b.minLength),
    maxLength: Math.max(a.maxLength, b.maxLength),
    totalLength: a.totalLength + b.totalLength,
    padded: a.padded + b.padded,
    blank: a.blank + b.blank,
    broken: a.broken + b.broken,
  };
}

function mergeRanges(
  a: ColumnMeasures['range'],
  b: ColumnMeasures['range'],
): ColumnMeasures['range'] {
  if (a === undefined || b === undefined) return a ?? b;
  return { min: a.min < b.min ? a.min : b.min, max: a.max > b.max ? a.max : b.max };
}

export const MOST_MISFITS = 20;

function mergeMisfits(a: Misfits | undefined, b: Misfits | undefined): Misfits | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    count: a.count + b.count,
    listed: mergeCounts(a.listed, b.listed).slice(0, MOST_MISFITS),
  };
}
