import type { Check } from '../../../src/data/checks/check';
import { correlationChanged } from '../../../src/data/checks/distribution/correlationChanged';
import { multivariateDrift } from '../../../src/data/checks/distribution/multivariateDrift';
import type { Profile } from '../../../src/data/profile/profile';
import { makeUniform } from './draws';
import { DATASET } from './judgeTable';
import {
  correlated,
  drawRowPair,
  paired,
  ROW_KINDS,
  shifted,
  threeTogether,
  type DrawRow,
  type RowPairSize,
} from './rowPairs';
import type { Alarms } from './simulate';

/** What the two rules about rows say of tables. */
export interface RowAlarms {
  readonly name: string;
  readonly size: RowPairSize;
  readonly correlations: Alarms;
  readonly cells: Alarms;
}

const NULL_SIZES: readonly RowPairSize[] = [
  { columns: 10, n: 200, m: 50 },
  { columns: 10, n: 200, m: 1000 },
  { columns: 10, n: 1000, m: 100 },
  { columns: 10, n: 1000, m: 1000 },
];

const EVEN = { columns: 20, n: 1000, m: 1000 };
const SMALL = { columns: 20, n: 1000, m: 200 };
const FEW = { columns: 5, n: 1000, m: 1000 };

const CHANGES: readonly {
  readonly name: string;
  readonly before: DrawRow;
  readonly now: DrawRow;
  readonly size: RowPairSize;
}[] = [
  ...[EVEN, SMALL].flatMap((size) => [
    { name: 'one correlation 0.6 → 0.1', before: paired(0.6), now: paired(0.1), size },
    { name: 'one correlation 0.6 → 0.3', before: paired(0.6), now: paired(0.3), size },
    { name: 'every column moved by 0.15 σ', before: shifted(0), now: shifted(0.15), size },
    { name: 'every column moved by 0.3 σ', before: shifted(0), now: shifted(0.3), size },
  ]),
  {
    name: 'every correlation 0.5 → 0.65',
    before: correlated(0.5),
    now: correlated(0.65),
    size: EVEN,
  },
  { name: 'three columns together', before: shifted(0), now: threeTogether(0.5), size: FEW },
  { name: 'three columns together', before: shifted(0), now: threeTogether(0.5), size: EVEN },
];

/** By kind and size. */
export function simulateRows(tables: number): readonly RowAlarms[] {
  return ROW_KINDS.flatMap(({ name, drawRow }) =>
    NULL_SIZES.map((size) => judgeRows({ name, before: drawRow, now: drawRow, size }, tables)),
  );
}

export function simulateRowChanges(tables: number): readonly RowAlarms[] {
  return CHANGES.map((change) => judgeRows(change, tables));
}

function judgeRows(
  { name, before, now, size }: (typeof CHANGES)[number],
  tables: number,
): RowAlarms {
  const random = makeUniform(size.n * 29 + size.m * 11 + name.length);
  const [correlations, cells] = [0, 0].map(() => ({ of: tables, fails: 0, warns: 0 }));
  for (let table = 0; table < tables; table++) {
    const pair = drawRowPair(before, now, size, random);
    for (const [check, alarms] of [
      [correlationChanged, correlations],
      [multivariateDrift, cells],
    ] as const) {
      const severity = gravest(check, pair);
      if (alarms !== undefined && severity === 'error') alarms.fails++;
      if (alarms !== undefined && severity === 'warning') alarms.warns++;
    }
  }
  const none = { of: 0, fails: 0, warns: 0 };
  return { name, size, correlations: correlations ?? none, cells: cells ?? none };
}

function gravest(
  check: Check,
  { reference, current }: { readonly reference: Profile; readonly current: Profile },
): 'error' | 'warning' | undefined {
  const findings = check.find({
    dataset: DATASET,
    reference,
    current,
    schema: { columns: reference.columns.map(({ name }) => ({ name })) },
    confirmed: true,
    now: new Date(0),
  });
  const severities = new Set(findings.map(({ severity }) => severity));
  return (['error', 'warning'] as const).find((severity) => severities.has(severity));
}
