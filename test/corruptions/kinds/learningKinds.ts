import type { CleanTable, Corruption } from '../corruption';
import { mapColumn, placeOf, share, shuffle, valuesOf, withRows, type Row } from '../table';

/** The label that is least frequent, and the most frequent one. */
function labelsOf({ real: { label }, train }: CleanTable) {
  const counts = new Map<string, number>();
  for (const value of valuesOf(train, label)) {
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  return { most: sorted[0] ?? '', least: sorted.at(-1) ?? '' };
}

/** A row of the training data under a key that the data have not. */
function renamed({ real: { key }, train }: CleanTable, rows: readonly Row[]): Row[] {
  const place = placeOf(train, key);
  return rows.map((row, index) =>
    row.with(place, `${row[place]?.slice(0, 1)}9${String(index).padStart(4, '0')}`),
  );
}

/** What makes a model learn or be tested on the wrong thing. */
export const LEARNING_KINDS: readonly Corruption[] = [
  {
    name: 'a tenth of the test data are training rows',
    expects: ['train-test-overlap'],
    apply: (clean, random) => {
      const { train, test } = clean;
      const leaked = shuffle(train.rows, random).slice(0, Math.ceil(test.rows.length / 9));
      return { content: withRows(test, [...test.rows, ...renamed(clean, leaked)]), role: 'test' };
    },
  },
  {
    name: 'keys of training rows in the test data',
    expects: ['key-overlap'],
    apply: ({ real: { key }, train, test }) => {
      const [from, to] = [placeOf(train, key), placeOf(test, key)];
      const rows = test.rows.map((row, index) =>
        index < 3 ? row.with(to, train.rows[index]?.[from] ?? null) : row,
      );
      return { content: withRows(test, rows), role: 'test' };
    },
  },
  {
    name: 'rows of one group in both',
    expects: ['group-overlap'],
    apply: ({ real: { group }, test }) =>
      group === undefined ? undefined : { content: test, role: 'test', dataset: { group } },
  },
  {
    name: 'rows of the future in the training data',
    expects: ['time-leak'],
    also: [
      'key-overlap',
      'label-unknown',
      'drift',
      'label-drift',
      'category-unknown',
      'row-count-changed',
    ],
    apply: ({ real: { date }, train, test }) => {
      if (date === undefined) return undefined;
      const place = placeOf(train, date);
      const all = [...train.rows, ...test.rows].sort((a, b) =>
        (a[place] ?? '') < (b[place] ?? '') ? -1 : 1,
      );
      const end = Math.floor(all.length * 0.8);
      // Divided in time, but for some rows of the last days that were learned from.
      const late = all.slice(Math.floor(all.length * 0.97));
      return {
        content: withRows(test, all.slice(end, Math.floor(all.length * 0.97))),
        train: withRows(train, [...all.slice(0, end), ...late]),
        role: 'test',
      };
    },
  },
  {
    name: 'a label that was never learned, in the test data',
    expects: ['label-unknown'],
    also: ['category-unknown', 'reference-missing', 'label-drift'],
    apply: ({ real: { label }, test }, random) => ({
      content: mapColumn(test, label, () => 'Unheard', share(0.05, random)),
      role: 'test',
      column: label,
    }),
  },
  {
    name: 'a column that is the label under another name',
    expects: ['target-leak'],
    also: ['column-added'],
    apply: ({ real: { label }, train }) => {
      const place = placeOf(train, label);
      return {
        content: {
          columns: [...train.columns, 'outcome_code'],
          rows: train.rows.map((row) => [
            ...row,
            row[place] === undefined ? null : `c${row[place]?.length}${row[place]?.slice(0, 2)}`,
          ]),
        },
        column: 'outcome_code',
      };
    },
  },
  {
    name: 'the same rows with other labels (10 %)',
    expects: ['conflicting-labels'],
    also: ['duplicate-rows', 'label-drift'],
    apply: (clean, random) => {
      const { real, train } = clean;
      const { most, least } = labelsOf(clean);
      const place = placeOf(train, real.label);
      const again = shuffle(train.rows, random)
        .slice(0, Math.ceil(train.rows.length / 10))
        .map((row) => row.with(place, row[place] === most ? least : most));
      return {
        content: withRows(train, [...train.rows, ...renamed(clean, again)]),
        column: real.label,
      };
    },
  },
  {
    name: 'two thirds of the most frequent label are another one',
    expects: ['label-drift'],
    also: ['drift', 'class-imbalance', 'correlation-changed', 'multivariate-drift'],
    apply: (clean, random) => {
      const { most, least } = labelsOf(clean);
      const isFlipped = share(2 / 3, random);
      return {
        content: mapColumn(clean.train, clean.real.label, (value) =>
          value === most && isFlipped() ? least : value,
        ),
        column: clean.real.label,
      };
    },
  },
  {
    name: 'nearly all rows of the rarest label are gone',
    expects: ['class-imbalance', 'label-drift'],
    also: [
      'drift',
      'row-count-changed',
      'constant-column',
      // Rows without that label are another choice of rows.
      'nulls-increased',
      'correlation-changed',
      'multivariate-drift',
      'category-unknown',
    ],
    apply: (clean, random) => {
      const { least } = labelsOf(clean);
      const place = placeOf(clean.train, clean.real.label);
      const isKept = share(0.1, random);
      return {
        content: withRows(
          clean.train,
          clean.train.rows.filter((row) => row[place] !== least || isKept()),
        ),
        column: clean.real.label,
      };
    },
  },
  {
    name: 'requests with a number in another unit',
    expects: ['train-serving-skew'],
    also: ['unit-changed', 'out-of-range', 'relation-violated', 'drift'],
    apply: ({ real: { number, factor }, test }) => ({
      content: mapColumn(test, number, (value) => String(Number(value) * factor)),
      role: 'production',
      column: number,
    }),
  },
  {
    name: 'requests without a feature',
    expects: ['train-serving-skew', 'column-missing'],
    also: ['relation-violated', 'rule-invalid'],
    apply: ({ real: { number }, test }) => {
      const place = placeOf(test, number);
      return {
        content: {
          columns: test.columns.toSpliced(place, 1),
          rows: test.rows.map((row) => row.toSpliced(place, 1)),
        },
        role: 'production',
        column: number,
      };
    },
  },
];
