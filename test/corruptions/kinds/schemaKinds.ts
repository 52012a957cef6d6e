import type { Corruption } from '../corruption';
import { mapColumn, placeOf, share, shuffle, toCsv } from '../table';

/** What goes wrong with columns, types and the file as a whole. */
export const SCHEMA_KINDS: readonly Corruption[] = [
  {
    name: 'a column is left out',
    expects: ['column-missing'],
    also: ['relation-violated', 'rule-invalid', 'duplicate-rows'],
    apply: ({ real: { number }, train }) => {
      const place = placeOf(train, number);
      return {
        content: {
          columns: train.columns.toSpliced(place, 1),
          rows: train.rows.map((row) => row.toSpliced(place, 1)),
        },
        column: number,
      };
    },
  },
  {
    name: 'a column has another name',
    expects: ['column-missing'],
    also: ['column-added', 'relation-violated', 'rule-invalid'],
    apply: ({ real: { number }, train }) => ({
      content: { ...train, columns: train.columns.with(placeOf(train, number), `${number}_2`) },
      column: number,
    }),
  },
  {
    name: 'a column is added',
    expects: ['column-added'],
    apply: ({ train }, random) => ({
      content: {
        columns: [...train.columns, 'batch'],
        rows: train.rows.map((row) => [...row, String(Math.floor(random() * 50))]),
      },
      column: 'batch',
    }),
  },
  {
    name: 'the columns stand in another order',
    expects: ['column-order-changed'],
    apply: ({ train }) => {
      const order = train.columns.map((_, place) => place).reverse();
      return {
        content: {
          columns: order.map((place) => train.columns[place] ?? ''),
          rows: train.rows.map((row) => order.map((place) => row[place] ?? null)),
        },
      };
    },
  },
  {
    name: 'numbers have a unit behind them',
    expects: ['type-changed'],
    also: ['relation-violated', 'rule-invalid'],
    apply: ({ real: { number }, train }) => ({
      content: mapColumn(train, number, (value) => `${value} x`),
      column: number,
    }),
  },
  {
    name: 'words among numbers (2 %)',
    expects: ['type-changed', 'mixed-types'],
    also: ['relation-violated', 'rule-invalid'],
    apply: ({ real: { number }, train }, random) => ({
      content: mapColumn(train, number, () => 'unknown', share(0.02, random)),
      column: number,
    }),
  },
  {
    name: 'numbers have commas in them (1,234.5)',
    expects: ['type-changed', 'number-as-text'],
    also: ['relation-violated', 'rule-invalid'],
    apply: ({ real: { number }, train }) => ({
      content: mapColumn(train, number, (value) => `1,${value.replace('.', '')}`),
      column: number,
    }),
  },
  {
    name: 'semicolons between the fields',
    expects: ['dialect-changed'],
    apply: ({ train }) => ({ content: toCsv(train, ';') }),
  },
  {
    name: 'another line ending and a byte order mark',
    expects: ['dialect-changed'],
    apply: ({ train }) => ({ content: `\uFEFF${toCsv(train, ',', '\r\n')}` }),
  },
  {
    name: 'UTF-8 was read as Windows-1252',
    expects: ['encoding-invalid'],
    also: ['category-unknown', 'reference-missing', 'string-variants', 'drift', 'label-drift'],
    apply: ({ real: { category }, train }, random) => ({
      content: mapColumn(train, category, (value) => `${value}Ã©`, share(0.03, random)),
      column: category,
    }),
  },
  {
    name: 'a Git LFS pointer in place of the file',
    expects: ['pointer-committed'],
    apply: () => ({
      content: `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`,
    }),
  },
  {
    name: 'the file is cut off within a line',
    expects: ['csv-ragged', 'csv-invalid'],
    also: ['row-count-changed'],
    apply: ({ train }) => {
      const text = toCsv(train);
      const middle = text.indexOf(',', Math.floor(text.length * 0.8));
      return { content: text.slice(0, middle) };
    },
  },
  {
    name: 'a line has a field too many',
    expects: ['csv-ragged', 'csv-invalid'],
    apply: ({ train }, random) => {
      const lines = toCsv(train).split('\n');
      const [chosen] = shuffle([...lines.keys()].slice(10, -10), random);
      return { content: lines.with(chosen ?? 10, `${lines[chosen ?? 10]},x`).join('\n') };
    },
  },
];
