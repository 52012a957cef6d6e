import { makeUniform } from './draws';
import { judgeTable } from './judgeTable';
import { COLUMNS, KINDS } from './kinds';
import type { DrawPair } from './columnPairs';

/** The sizes of both samples in every combination. */
export const SIZES = [50, 100, 1000, 10_000, 1_000_000];

/** Counts of columns or tables. */
export interface Alarms {
  readonly of: number;
  readonly fails: number;
  readonly warns: number;
}

/** Tables without any drift, with as many columns of each kind. */
export interface NullCell {
  readonly n: number;
  readonly m: number;
  /** A table fails where any column does; it warns where it does not fail and any column warns. */
  readonly tables: Alarms;
  /** In the order of `KINDS`. */
  readonly kinds: readonly Alarms[];
}

export function simulateNull(n: number, m: number, tables: number): NullCell {
  const random = makeUniform(n * 31 + m * 17 + 5);
  const each = COLUMNS / KINDS.length;
  const kinds = KINDS.map(() => ({ of: tables * each, fails: 0, warns: 0 }));
  const whole = { of: tables, fails: 0, warns: 0 };
  const drawn = KINDS.flatMap((kind) => Array.from({ length: each }, () => kind));
  for (let table = 0; table < tables; table++) {
    const verdicts = judgeTable(
      drawn.map(({ drawPair }) => drawPair(n, m, random)),
      n,
      m,
    );
    for (const [at, verdict] of verdicts.entries()) {
      const kind = kinds[Math.floor(at / each)];
      if (kind !== undefined) count(kind, verdict);
    }
    if (verdicts.includes('fail')) whole.fails++;
    else if (verdicts.includes('warn')) whole.warns++;
  }
  return { n, m, tables: whole, kinds };
}

/** Columns that changed, each judged as one of fifty. */
export function simulateChange(
  drawPair: DrawPair,
  { n, m, columns }: { readonly n: number; readonly m: number; readonly columns: number },
): Alarms {
  const random = makeUniform(n * 13 + m * 7 + 3);
  const alarms = { of: columns, fails: 0, warns: 0 };
  for (let done = 0; done < columns; done += COLUMNS) {
    const pairs = Array.from({ length: Math.min(COLUMNS, columns - done) }, () =>
      drawPair(n, m, random),
    );
    for (const verdict of judgeTable(pairs, n, m)) count(alarms, verdict);
  }
  return alarms;
}

function count(alarms: { fails: number; warns: number }, verdict: 'fail' | 'warn' | 'pass'): void {
  if (verdict === 'fail') alarms.fails++;
  if (verdict === 'warn') alarms.warns++;
}
