import { countInTrees, growTrees } from '../../../src/data/profile/cellTrees';
import type { CellTree, Correlations, Profile } from '../../../src/data/profile/profile';
import { normalQuantile } from '../../../src/data/statistics/normal';
import { doubledRanks, rankCorrelation } from '../../../src/data/statistics/rankCorrelation';
import type { Uniform } from './draws';

/** The values of one row in so many columns; NaN where one is missing. */
export type DrawRow = (columns: number, random: Uniform) => readonly number[];

function normal(random: Uniform): number {
  return normalQuantile(random());
}

function each(draw: (random: Uniform, column: number) => number): DrawRow {
  return (columns, random) => Array.from({ length: columns }, (_, at) => draw(random, at));
}

/** Normal columns, moved by a shift of their own or all alike. */
export function shifted(shift: number): DrawRow {
  return each((random) => normal(random) + shift);
}

/** Every two columns have this correlation. */
export function correlated(correlation: number): DrawRow {
  return (columns, random) => {
    const common = Math.sqrt(correlation) * normal(random);
    const own = Math.sqrt(1 - correlation);
    return Array.from({ length: columns }, () => common + own * normal(random));
  };
}

/** The first two columns have this correlation, and the others none. */
export function paired(correlation: number): DrawRow {
  return (columns, random) => {
    const [first = 0, ...rest] = shifted(0)(columns, random);
    const second = correlation * first + Math.sqrt(1 - correlation ** 2) * (rest[0] ?? 0);
    return [first, second, ...rest.slice(1)];
  };
}

/** In this share of the rows, the sign of the first column is that of the product of the next two. */
export function threeTogether(share: number): DrawRow {
  return (columns, random) => {
    const [first = 0, second = 0, third = 0, ...rest] = shifted(0)(columns, random);
    const size = Math.abs(first);
    const sign = random() < share ? Math.sign(second * third) : Math.sign(first);
    return [sign * size, second, third, ...rest];
  };
}

/** Kinds of tables that do not change. */
export const ROW_KINDS: readonly { readonly name: string; readonly drawRow: DrawRow }[] = [
  { name: 'independent, normal', drawRow: shifted(0) },
  { name: 'correlated by 0.5', drawRow: correlated(0.5) },
  { name: 'correlated by 0.95', drawRow: correlated(0.95) },
  { name: 'lognormal(1.5)', drawRow: each((random) => Math.exp(1.5 * normal(random))) },
  {
    name: 'whole numbers and flags',
    drawRow: each((random, at) => (at % 2 === 0 ? Math.floor(normal(random)) : +(random() < 0.3))),
  },
  { name: '90 % null', drawRow: each((random) => (random() < 0.9 ? NaN : normal(random))) },
  {
    // Rank correlations vary more than of any normal columns.
    name: 'the same but for one row of ten',
    drawRow: (columns, random) => {
      const value = normal(random);
      return Array.from({ length: columns }, (_, at) =>
        at > 0 && random() < 0.1 ? -value : value,
      );
    },
  },
];

export interface RowPairSize {
  readonly columns: number;
  readonly n: number;
  readonly m: number;
}

/** Two samples of rows with what the engine measures on whole rows, the second one counted in the first one's cells. */
export function drawRowPair(
  before: DrawRow,
  now: DrawRow,
  { columns, n, m }: RowPairSize,
  random: Uniform,
): { readonly reference: Profile; readonly current: Profile } {
  const names = Array.from({ length: columns }, (_, at) => `c${at}`);
  const old = drawColumns(before, columns, n, random);
  const trees = growTrees(names, old);
  const fresh = drawColumns(now, columns, m, random);
  return {
    reference: profileOf(names, old, trees),
    current: profileOf(names, fresh, countInTrees(trees, fresh)),
  };
}

function drawColumns(draw: DrawRow, columns: number, rows: number, random: Uniform) {
  const values = Array.from({ length: columns }, () => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    for (const [at, value] of draw(columns, random).entries()) {
      const column = values[at];
      if (column !== undefined) column[row] = value;
    }
  }
  return values;
}

function profileOf(
  names: readonly string[],
  values: readonly Float64Array[],
  trees: readonly CellTree[],
): Profile {
  return {
    rows: values[0]?.length ?? 0,
    columns: names.map((name) => ({
      name,
      type: 'number',
      nativeType: 'DOUBLE',
      nulls: 0,
      nans: 0,
    })),
    exact: true,
    facts: { correlations: correlationsOf(names, values), cells: { columns: names, trees } },
  };
}

function correlationsOf(columns: readonly string[], values: readonly Float64Array[]): Correlations {
  const ranks = values.map(doubledRanks);
  const pairs = ranks.flatMap((a, at) => ranks.slice(at + 1).map((b) => rankCorrelation(a, b)));
  return {
    columns,
    values: pairs.map(({ value }) => value ?? null),
    rows: values[0]?.length ?? 0,
    pairRows: pairs.map(({ rows }) => rows),
  };
}
