import {
  isUntold,
  LISTED_CATEGORIES,
  valueCount,
  type ColumnProfile,
  type Profile,
} from '../profile/profile';
import type { ColumnSchema, Schema } from './schema';
import type { EditValue } from './schemaEdit';
import { normalQuantile } from '../statistics/normal';
import { wilsonInterval } from '../statistics/proportions';

/**
 * The schema that a profile suggests, conservatively: types, how much may be missing, and closed domains; no bounds for
 * numbers, which the next batch would break by chance.
 */
export function inferSchema(profile: Profile): Schema {
  return {
    columns: profile.columns.map((column) => inferColumn(profile, column)),
  };
}

export function inferColumn(profile: Profile, column: ColumnProfile): ColumnSchema {
  const described = describeColumn(profile, column);
  // Where a footer does not tell how much is missing, there is nothing to set a limit by.
  return isUntold(column, 'nulls', 'nans')
    ? described
    : { ...described, nulls: nullLimit(profile, column) };
}

/** What stands below the column's name in a schema file. */
export function demandsOf({ name, ...demands }: ColumnSchema): EditValue {
  void name;
  return demands;
}

/** As `inferSchema`, without limits for nulls: they are compared with the profile itself. */
export function schemaOfReference(profile: Profile): Schema {
  return { columns: profile.columns.map((column) => describeColumn(profile, column)) };
}

function describeColumn(profile: Profile, column: ColumnProfile): ColumnSchema {
  const values = closedDomain(profile, column);
  return {
    name: column.name,
    // A column without values has no type of its own.
    ...(valueCount(profile, column) > 0 && !isUntold(column, 'type', 'values')
      ? { type: column.type }
      : {}),
    ...(values === undefined ? {} : { values }),
  };
}

/** Two-sided 99 %, where nothing is missing. */
const Z = 2.576;

/** How often any column of data of the same kind may exceed its limit: the columns that can do so share it. */
const EXCEEDING = 0.001;

/** The upper Wilson bound of the share that is missing, rounded up to two digits. */
function nullLimit(profile: Profile, column: ColumnProfile): number {
  const missing = missingOf(column);
  const nullable = profile.columns.filter((each) => missingOf(each) > 0).length;
  const z = missing === 0 ? Z : normalQuantile(1 - EXCEEDING / Math.max(1, nullable));
  const { upper } = wilsonInterval({ count: missing, total: profile.rows }, z);
  const unit = 10 ** (Math.floor(Math.log10(upper)) - 1);
  return Math.min(1, Number((Math.ceil(upper / unit) * unit).toPrecision(2)));
}

function missingOf({ nulls, nans }: ColumnProfile): number {
  return nulls + nans;
}

/** At least this many rows for each category, so that having seen each of them twice means something. */
const LEAST_ROWS_PER_CATEGORY = 10;
const LEAST_VALUES = 100;
const LARGEST_UNSEEN = 0.001;

/**
 * All values, where the column seems to have no others: few, and by Good and Turing (Good 1953) the share of the unseen
 * ones, that of the values seen once, is below 0.1 %.
 */
function closedDomain(profile: Profile, column: ColumnProfile): readonly string[] | undefined {
  const { type, categories, distinct } = column;
  if (
    type !== 'string' ||
    categories === undefined ||
    distinct?.error !== 0 ||
    distinct.count !== categories.length
  )
    return undefined;
  const values = valueCount(profile, column);
  const seenOnce = categories.filter(({ count }) => count === 1).length;
  const isClosed =
    distinct.count <= LISTED_CATEGORIES &&
    values >= Math.max(LEAST_VALUES, distinct.count * LEAST_ROWS_PER_CATEGORY) &&
    seenOnce / values < LARGEST_UNSEEN;
  return isClosed ? categories.map(({ value }) => value).sort() : undefined;
}
