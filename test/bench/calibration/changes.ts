import { categories, continuous, type DrawPair } from './columnPairs';
import { zipf } from './kinds';

/** A change whose detection is measured. */
export interface Change {
  readonly name: string;
  readonly n: number;
  readonly m: number;
  readonly drawPair: DrawPair;
  /** What the two-tier rule of a bounded index reached: shares that failed, and that failed or warned. */
  readonly twoTier?: readonly [fails: number, found: number];
  /** How `peers/calibrate.py` draws it. */
  readonly peer?: { readonly kind: string; readonly shift: number };
}

function shift(
  size: number,
  n: number,
  m: number,
  twoTier: readonly [fails: number, found: number],
): Change {
  const name = `normal moved by ${size} σ`;
  return { name, n, m, drawPair: continuous(size), twoTier, peer: { kind: 'normal', shift: size } };
}

function rare(n: number, m: number): Change {
  return {
    name: 'rare class 0.2 % → 1 %',
    n,
    m,
    drawPair: categories([0.998, 0.002], [0.99, 0.01]),
    peer: { kind: 'rare', shift: 0.008 },
  };
}

/** The published rule's own cases, and what it is weak at. */
export const CHANGES: readonly Change[] = [
  shift(0.02, 1_000_000, 1_000_000, [0, 0]),
  shift(0.3, 10_000, 10_000, [0, 0.03]),
  shift(0.5, 1000, 50, [0, 0.3]),
  shift(0.5, 1000, 100, [0.04, 0.79]),
  shift(0.5, 1000, 1000, [0.84, 1]),
  shift(0.5, 10_000, 10_000, [1, 1]),
  shift(1, 1000, 50, [0.55, 0.98]),
  shift(1, 1000, 100, [1, 1]),
  rare(1000, 1000),
  rare(10_000, 1000),
  rare(10_000, 10_000),
  {
    name: 'category of 10 % → 25 %',
    n: 1000,
    m: 100,
    drawPair: categories(
      [10, ...zipf(9).map((weight) => weight * 31.8)],
      [25, ...zipf(9).map((weight) => weight * 26.5)],
    ),
  },
];
