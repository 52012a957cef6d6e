import type { Check, CheckContext } from '../../../../src/data/checks/check';
import type { Finding } from '../../../../src/data/finding';
import { chooseEdges } from '../../../../src/data/profile/edges';
import { countOnEdges } from '../../../../src/data/profile/numbers';
import type { ColumnProfile, Profile } from '../../../../src/data/profile/profile';
import { examineTexts } from '../../../../src/data/profile/texts/examineTexts';
import { schemaOfReference } from '../../../../src/data/schema/inferSchema';
import type { Schema } from '../../../../src/data/schema/schema';
import type { Dataset } from '../../../../src/project/project';
import { datasetOf, NOW } from '../dataFixtures';

/** Profiles made by hand, for checks that look at what no small file shows. */

export function profileOf(
  rows: number,
  columns: readonly ColumnProfile[],
  more: Partial<Profile> = {},
): Profile {
  return { rows, columns, exact: true, ...more };
}

/** A column of numbers, with bins on edges of its own or on those of another column. */
export function numbersOf(
  name: string,
  values: readonly number[],
  more: Partial<ColumnProfile> = {},
  like?: ColumnProfile,
): ColumnProfile {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const known = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => a.value - b.value);
  const edges = like?.histogram?.edges ?? chooseEdges(known, false);
  const [first = { value: 0, count: 0 }, second] = known;
  const [last = { value: 0, count: 0 }, beforeLast] = known.toReversed();
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  return {
    name,
    type: 'number',
    nativeType: 'DOUBLE',
    nulls: 0,
    nans: 0,
    numeric: { min: first.value, max: last.value, mean, standardDeviation },
    extremes: {
      minCount: first.count,
      maxCount: last.count,
      ...(second === undefined ? {} : { nextMin: second.value }),
      ...(beforeLast === undefined ? {} : { nextMax: beforeLast.value }),
    },
    histogram: { edges, counts: countOnEdges(known, edges) },
    distinct: { count: known.length, error: 0 },
    ...more,
  };
}

/** A column of texts with the number of rows of each. */
export function textsOf(
  name: string,
  rows: Readonly<Record<string, number>>,
  more: Partial<ColumnProfile> = {},
): ColumnProfile {
  const categories = Object.entries(rows)
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count);
  const all = categories.reduce((sum, { count }) => sum + count, 0);
  const having = (test: (value: string) => boolean): number =>
    categories.reduce((sum, { value, count }) => sum + (test(value) ? count : 0), 0);
  return {
    name,
    type: 'string',
    nativeType: 'VARCHAR',
    nulls: 0,
    nans: 0,
    categories: categories.slice(0, 50),
    distinct: { count: categories.length, error: 0 },
    text: {
      lengths: { min: 1, max: 20, mean: 5 },
      padded: having((value) => value !== value.trim() && value.trim() !== ''),
      blank: having((value) => value.trim() === ''),
      broken: having((value) => value.includes('\uFFFD')),
      examined: { distinct: categories.length, rows: all, all: true },
      ...examineTexts(categories, true),
    },
    ...more,
  };
}

export interface HandMade {
  readonly current: Profile;
  readonly reference?: Profile;
  /** Default: what the reference, or on a first look the data, suggests. */
  readonly schema?: Schema;
  readonly dataset?: Partial<Dataset>;
}

export function contextOf({ current, reference, schema, dataset }: HandMade): CheckContext {
  return {
    dataset: datasetOf('csv', dataset),
    current,
    ...(reference === undefined ? {} : { reference }),
    schema: schema ?? schemaOfReference(reference ?? current),
    confirmed: schema !== undefined,
    now: NOW,
  };
}

export function findBy(check: Check, made: HandMade): readonly Finding[] {
  return check.find(contextOf(made));
}

/** `error column`, for short. */
export function tell(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, column }) =>
    column === undefined ? severity : `${severity} ${column}`,
  );
}
