import type { Corruption } from '../corruption';
import { mapColumn, mapNumbers, numbersOf, placeOf, share, valuesOf, type Table } from '../table';

/** What comes with other values: they are distributed differently. */
const DISTRIBUTION = ['drift', 'label-drift'];
/** What comes with other texts: the other table does not have them. */
const TEXTS = [
  'category-unknown',
  'label-unknown',
  'reference-missing',
  'class-imbalance',
  ...DISTRIBUTION,
];

/** Swaps what two columns hold. */
function swapped(table: Table, [one, other]: readonly [string, string]): Table {
  const [a, b] = [placeOf(table, one), placeOf(table, other)];
  return {
    ...table,
    rows: table.rows.map((row) => row.with(a, row[b] ?? null).with(b, row[a] ?? null)),
  };
}

/** What goes wrong with single values, and with what is missing. */
export const VALUE_KINDS: readonly Corruption[] = [
  {
    name: 'a fifth of a column is missing',
    expects: ['nulls-increased'],
    apply: ({ real: { number }, train }, random) => ({
      content: mapColumn(train, number, () => null, share(0.2, random)),
      column: number,
    }),
  },
  {
    name: 'a category is missing in a tenth of the rows',
    expects: ['nulls-increased'],
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(train, category, () => null, share(0.1, random)),
      column: category,
    }),
  },
  {
    name: 'a column is empty',
    expects: ['column-empty'],
    also: ['nulls-increased'],
    apply: ({ real: { number }, train }) => ({
      content: mapColumn(train, number, () => null),
      column: number,
    }),
  },
  {
    name: 'nothing is written as "-" (5 %)',
    expects: ['null-spellings'],
    also: TEXTS,
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(train, category, () => '-', share(0.05, random)),
      column: category,
    }),
  },
  {
    name: 'nothing is written as -999 (5 %)',
    expects: ['sentinel-value'],
    also: ['out-of-range', 'relation-violated', 'user-rule', ...DISTRIBUTION],
    apply: ({ real: { number }, train }, random) => ({
      content: mapColumn(train, number, () => '-999', share(0.05, random)),
      column: number,
    }),
  },
  {
    name: 'infinity among numbers (2 %)',
    expects: ['nan-or-infinity'],
    also: ['out-of-range'],
    apply: ({ real: { number }, train }, random) => ({
      content: mapColumn(train, number, () => 'inf', share(0.02, random)),
      column: number,
    }),
  },
  {
    name: 'a category is mistyped (2 %)',
    expects: ['category-unknown'],
    also: TEXTS,
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(
        train,
        category,
        (value) => `${value.slice(0, -2)}${value.at(-1)}${value.at(-2)}`,
        share(0.02, random),
      ),
      column: category,
    }),
  },
  {
    name: 'a category in capitals (10 %)',
    expects: ['string-variants', 'category-unknown'],
    also: TEXTS,
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(
        train,
        category,
        (value) => (value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()),
        share(0.1, random),
      ),
      column: category,
    }),
  },
  {
    name: 'spaces around a category (10 %)',
    expects: ['whitespace'],
    also: ['string-variants', ...TEXTS],
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(train, category, (value) => `${value} `, share(0.1, random)),
      column: category,
    }),
  },
  {
    name: 'a new category (20 %)',
    expects: ['category-unknown'],
    also: TEXTS,
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(train, category, () => 'Elsewhere', share(0.2, random)),
      column: category,
    }),
  },
  {
    name: 'another unit of measurement',
    expects: ['unit-changed'],
    also: ['out-of-range', 'relation-violated', 'type-changed'],
    apply: ({ real: { number, factor }, train }) => ({
      content: mapNumbers(train, number, (value) => value * factor, { keepsType: false }),
      column: number,
    }),
  },
  {
    name: 'a thousand times as large',
    expects: ['unit-changed'],
    also: ['out-of-range', 'relation-violated'],
    apply: ({ real: { number }, train }) => ({
      content: mapNumbers(train, number, (value) => value * 1000),
      column: number,
    }),
  },
  {
    name: 'the other sign',
    expects: ['out-of-range', 'drift'],
    // What went together with the number goes against it now.
    also: ['relation-violated', 'unit-changed', 'user-rule', 'drift', 'correlation-changed'],
    apply: ({ real: { number }, train }) => ({
      content: mapNumbers(train, number, (value) => -value),
      column: number,
    }),
  },
  {
    name: 'one number is a hundred times too large',
    expects: ['out-of-range'],
    also: ['relation-violated'],
    apply: ({ real: { number }, train }) => {
      let isDone = false;
      const first = (): boolean => (isDone ? false : (isDone = true));
      return {
        content: mapNumbers(train, number, (value) => 100 * Math.max(1, Math.abs(value)), {
          chosen: first,
        }),
        column: number,
      };
    },
  },
  {
    name: 'all values are the same',
    expects: ['constant-column'],
    also: ['relation-violated'],
    apply: ({ real: { number }, train }) => {
      const value = valuesOf(train, number).find((each) => each !== null) ?? '0';
      return { content: mapColumn(train, number, () => value), column: number };
    },
  },
  {
    name: 'two columns are swapped',
    expects: ['columns-swapped'],
    also: ['relation-violated', 'user-rule', 'reference-missing'],
    apply: ({ real: { pair }, train }) => ({ content: swapped(train, pair) }),
  },
  {
    name: 'dates have slashes, the day first',
    expects: ['type-changed', 'date-as-text', 'mixed-types'],
    also: ['freshness'],
    apply: ({ real: { date }, train }) => {
      if (date === undefined) return undefined;
      const slashed = (value: string): string => value.slice(0, 10).split('-').reverse().join('/');
      return { content: mapColumn(train, date, slashed), column: date };
    },
  },
  {
    name: 'dates of a century from now (3 %)',
    expects: ['future-date'],
    also: DISTRIBUTION,
    apply: ({ real: { date }, train }, random) => {
      if (date === undefined) return undefined;
      const later = (value: string): string =>
        `${Number(value.slice(0, 4)) + 150}${value.slice(4)}`;
      return { content: mapColumn(train, date, later, share(0.03, random)), column: date };
    },
  },
  {
    name: 'a name does not match its pattern (1 %)',
    expects: ['pattern-violated'],
    apply: ({ real: { key }, train }, random) => ({
      content: mapColumn(train, key, (value) => value.replace(/^./, ''), share(0.01, random)),
      column: key,
    }),
  },
  {
    name: 'a relation of two columns does not hold (1 %)',
    expects: ['relation-violated'],
    also: ['out-of-range'],
    apply: ({ real: { relation }, train }, random) => {
      const [smaller = '', larger = ''] = relation
        .split(' <= ')
        .map((side) => side.replaceAll('"', ''));
      const least = Math.min(...numbersOf(train, smaller));
      return {
        content: mapNumbers(train, larger, () => least - 3, { chosen: share(0.01, random) }),
      };
    },
  },
  {
    name: "a rule of the project's does not hold (1 %)",
    expects: ['user-rule'],
    also: ['out-of-range', 'sentinel-value', 'relation-violated', 'correlation-changed'],
    apply: ({ real: { rule }, train }, random) => {
      const [, quoted, plain, operator] = /^(?:"(.*)"|(\w+)) ([<>]=?) /.exec(rule) ?? [];
      const value = operator?.startsWith('<') === true ? '1234' : '-7';
      const column = quoted ?? plain ?? '';
      return { content: mapColumn(train, column, () => value, share(0.01, random)) };
    },
  },
  {
    name: 'values that the other table does not have (1 %)',
    expects: ['reference-missing'],
    also: TEXTS,
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(train, category, () => 'Nowhere', share(0.01, random)),
      column: category,
    }),
  },
  {
    name: 'mail addresses in a column of texts (20 %)',
    expects: ['pii-suspected'],
    also: TEXTS,
    apply: ({ real: { category }, train }, random) => {
      let count = 0;
      return {
        content: mapColumn(
          train,
          category,
          () => `ada.lovelace${count++}@example.org`,
          share(0.2, random),
        ),
        column: category,
      };
    },
  },
];
