import type { Corruption } from '../corruption';
import {
  mapNumbers,
  numbersOf,
  placeOf,
  shuffle,
  valuesOf,
  withRows,
  type Row,
  type Table,
} from '../table';

const DISTRIBUTION = ['drift', 'label-drift', 'class-imbalance'];

const sortedBy = (table: Table, column: string): readonly Row[] => {
  const place = placeOf(table, column);
  return [...table.rows].sort((a, b) => ((a[place] ?? '') < (b[place] ?? '') ? -1 : 1));
};

/** What goes wrong with the rows, and with how values are distributed over them. */
export const ROW_KINDS: readonly Corruption[] = [
  {
    name: 'a tenth of the rows twice',
    expects: ['duplicate-rows'],
    also: ['key-not-unique'],
    apply: ({ train }, random) => ({
      content: withRows(train, [
        ...train.rows,
        ...shuffle(train.rows, random).slice(0, train.rows.length / 10),
      ]),
    }),
  },
  {
    name: 'a key twice',
    expects: ['key-not-unique'],
    apply: ({ real: { key }, train }) => {
      const place = placeOf(train, key);
      const [first, second] = train.rows;
      if (first === undefined || second === undefined) return undefined;
      return {
        content: withRows(train, train.rows.with(1, second.with(place, first[place] ?? null))),
        column: key,
      };
    },
  },
  {
    name: 'a key is missing',
    expects: ['key-not-unique', 'nulls-increased'],
    apply: ({ real: { key }, train }) => {
      const [first] = train.rows;
      if (first === undefined) return undefined;
      const row = first.with(placeOf(train, key), null);
      return { content: withRows(train, train.rows.with(0, row)), column: key };
    },
  },
  {
    name: 'only a third of the rows',
    expects: ['row-count-changed'],
    also: ['freshness'],
    apply: ({ train }) => ({
      content: withRows(train, train.rows.slice(0, Math.floor(train.rows.length / 3))),
    }),
  },
  {
    name: 'three times as many rows',
    expects: ['row-count-changed'],
    also: ['duplicate-rows', 'key-not-unique'],
    apply: ({ train }) => ({
      content: withRows(train, [...train.rows, ...train.rows, ...train.rows]),
    }),
  },
  {
    name: 'no rows',
    expects: ['row-count-changed', 'data-empty'],
    apply: ({ train }) => ({ content: withRows(train, []) }),
  },
  {
    name: 'sorted by the label',
    expects: ['rows-sorted-by-label'],
    apply: ({ real: { label }, train }) => ({ content: withRows(train, sortedBy(train, label)) }),
  },
  {
    name: 'the newest rows are missing',
    expects: ['freshness'],
    also: DISTRIBUTION,
    apply: ({ real: { date }, train }) => {
      if (date === undefined) return undefined;
      const place = placeOf(train, date);
      const last = valuesOf(train, date).reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b), '');
      const end = new Date(Date.parse(last ?? '') - 86_400_000 * 7).toISOString();
      return {
        content: withRows(
          train,
          train.rows.filter((row) => (row[place] ?? '') < end),
        ),
        column: date,
      };
    },
  },
  {
    name: 'shifted by a standard deviation',
    expects: ['drift'],
    also: ['out-of-range', 'relation-violated'],
    apply: ({ real: { number }, train }) => {
      const deviation = deviationOf(numbersOf(train, number));
      return { content: mapNumbers(train, number, (value) => value + deviation), column: number };
    },
  },
  {
    name: 'spread twice as wide',
    expects: ['drift'],
    also: ['out-of-range', 'relation-violated', 'user-rule', 'unit-changed'],
    apply: ({ real: { number }, train }) => {
      const values = numbersOf(train, number);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return {
        content: mapNumbers(train, number, (value) => mean + 2 * (value - mean)),
        column: number,
      };
    },
  },
  {
    name: 'cut off above the median',
    expects: ['drift'],
    also: ['relation-violated'],
    apply: ({ real: { number }, train }) => {
      const values = numbersOf(train, number).toSorted((a, b) => a - b);
      const median = values[Math.floor(values.length / 2)] ?? 0;
      return {
        content: mapNumbers(train, number, (value) => Math.min(value, median)),
        column: number,
      };
    },
  },
  {
    name: 'only the larger half of the rows',
    expects: ['drift'],
    // All that goes together with the number changes with it.
    also: [
      'freshness',
      'label-drift',
      'drift',
      'correlation-changed',
      'class-imbalance',
      'nulls-increased',
      'constant-column',
      'row-count-changed',
    ],
    apply: ({ real: { number }, train }) => {
      const place = placeOf(train, number);
      const values = numbersOf(train, number).toSorted((a, b) => a - b);
      const median = values[Math.floor(values.length / 2)] ?? 0;
      return {
        content: withRows(
          train,
          train.rows.filter((row) => Number(row[place] ?? Infinity) >= median),
        ),
        column: number,
      };
    },
  },
  {
    name: 'a column is shuffled',
    expects: ['correlation-changed', 'multivariate-drift'],
    also: ['relation-violated'],
    apply: ({ real: { pair }, train }, random) => {
      const [, column] = pair;
      const place = placeOf(train, column);
      const values = shuffle(valuesOf(train, column), random);
      return {
        content: withRows(
          train,
          train.rows.map((row, index) => row.with(place, values[index] ?? null)),
        ),
      };
    },
  },
];

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
