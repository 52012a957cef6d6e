import type { ColumnMeasures, NumberMeasures, PartMeasures } from './measures';
import { askedOf, byFrequency, numbersOf } from './mergeMeasures';
import {
  LISTED_CATEGORIES,
  type CategoryCount,
  type ColumnProfile,
  type ColumnShape,
  type Distinct,
  type Profile,
  type ProfileShape,
  type TextProfile,
} from './profile';
import { examineTexts } from './texts/examineTexts';
import { sampledRows } from './valueSample';

/** The profile that measures come to. */
export function finishProfile(
  { rows, columns, files }: PartMeasures,
  shape: ProfileShape = new Map(),
): Profile {
  return {
    rows,
    columns: columns.map((column) => finishColumn(column, rows, shape.get(column.name))),
    exact: true,
    ...(files === undefined ? {} : { files }),
  };
}

function finishColumn(
  column: ColumnMeasures,
  rows: number,
  shape: ColumnShape | undefined,
): ColumnProfile {
  const { name, type, nativeType, nulls, nans, infinities, misfits, range, patternMisses } = column;
  const distinct = distinctOf(column);
  const numbers = numbersOf(column, shape?.edges);
  const categories = isListed(column) ? listCategories(column, shape) : undefined;
  const text = finishText(column);
  return {
    name,
    type,
    nativeType,
    nulls,
    nans,
    ...(infinities === 0 ? {} : { infinities }),
    ...(numbers === undefined ? {} : describeNumbers(numbers, column.values?.level === 0)),
    ...(range === undefined ? {} : { range }),
    ...(categories === undefined || categories.length === 0 ? {} : { categories }),
    ...(misfits === undefined ? {} : { misfits: misfits.listed, misfitCount: misfits.count }),
    ...(distinct === undefined ? {} : { distinct }),
    ...(patternMisses === undefined ? {} : { patternMisses }),
    ...(isUnique(column, rows) ? { unique: true } : {}),
    ...(text === undefined ? {} : { text }),
  };
}

function describeNumbers(numbers: NumberMeasures, areAllKnown: boolean): Partial<ColumnProfile> {
  const { count, min, max, mean, deviation, minCount, maxCount, nextMin, nextMax } = numbers;
  const standardDeviation = count > 1 ? deviation * Math.sqrt(count / (count - 1)) : 0;
  return {
    numeric: { min, max, mean, standardDeviation },
    extremes: {
      minCount,
      maxCount,
      ...(nextMin === undefined || !areAllKnown ? {} : { nextMin }),
      ...(nextMax === undefined || !areAllKnown ? {} : { nextMax }),
    },
    histogram: numbers.histogram,
  };
}

/** Of a sample of n of the values the count is that of a binomial: its relative standard error is 1/√n. */
function distinctOf({ values }: ColumnMeasures): Distinct | undefined {
  if (values === undefined) return undefined;
  const { level, entries } = values;
  if (level === 0) return { count: entries.length, error: 0 };
  return { count: entries.length * 2 ** level, error: 1 / Math.sqrt(Math.max(1, entries.length)) };
}

/** Texts and switches; numbers and times have bins and ranges. */
function isListed({ type, values }: ColumnMeasures): boolean {
  const [first] = values?.entries ?? [];
  return (type === 'string' || type === 'boolean') && typeof first?.[0] !== 'number';
}

function listCategories(
  column: ColumnMeasures,
  shape: ColumnShape | undefined,
): readonly CategoryCount[] {
  const { values } = column;
  const asked = new Set(shape?.categories);
  const sampled = (values?.entries ?? []).map(([value, count]) => ({
    value: String(value),
    count,
  }));
  const counted =
    values?.level === 0
      ? sampled.filter(({ value }) => asked.has(value))
      : askedOf(column, [...asked]);
  const known = new Set(counted.map(({ value }) => value));
  const others = sampled
    .filter(({ value }) => !known.has(value))
    .sort(byFrequency)
    .slice(0, LISTED_CATEGORIES);
  return [...counted, ...others].sort(byFrequency);
}

const NAMED_SO = /(^|[_ ])(id|key|index|uuid|guid)$|^Unnamed: /i;

/** Of many values only those may number or name the rows that lie close together, or are called so. */
function isUnique({ name, type, nulls, values, numbers }: ColumnMeasures, rows: number): boolean {
  const mayBe = type === 'integer' || (type === 'string' && NAMED_SO.test(name));
  if (!mayBe || values === undefined || values.entries.length < 2) return false;
  if (!values.entries.every(([, count]) => count === 1)) return false;
  const isDense = numbers !== undefined && numbers.max - numbers.min < 2 * (rows - nulls);
  return values.level === 0 || isDense || NAMED_SO.test(name);
}

function finishText(column: ColumnMeasures): TextProfile | undefined {
  const { type, values, texts } = column;
  if (type !== 'string' || values === undefined || texts === undefined || !isListed(column))
    return undefined;
  const { minLength, maxLength, totalLength, padded, blank, broken } = texts;
  const rows = sampledRows(values);
  const examined = { distinct: values.entries.length, rows, all: values.level === 0 };
  const entries = values.entries.map(([value, count]) => ({ value: String(value), count }));
  return {
    lengths: { min: minLength, max: maxLength, mean: totalLength / Math.max(1, texts.count) },
    padded,
    blank,
    broken,
    examined,
    ...examineTexts(entries, examined.all),
  };
}
