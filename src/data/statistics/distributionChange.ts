import { homogeneityTest } from './contingency';
import { locationShift } from './locationShift';
import { shareChange } from './shareChange';
import { mergeSmallCells, stabilityIndex, type Cell, type StabilityIndex } from './stabilityIndex';

/** Two samples of one column on the same cells. */
export interface TwoSamples {
  /** As they were counted, in the order of the values where they have one. */
  readonly fine: readonly Cell[];
  /** What the index is made of: the same, or without what is compared only as a whole. */
  readonly coarse: readonly Cell[];
  readonly ordered: boolean;
  /** Among how many categories the fine cells were chosen; their number where they are all. */
  readonly among: number;
  /** The values of each sample, where the fine cells are not all of them. */
  readonly totals?: { readonly n: number; readonly m: number };
}

export interface ChangeLimits {
  /** The population stability index from which a change counts; everything else is scaled to it. */
  readonly index: number;
  /** Points of share at the default index. */
  readonly points: number;
  /** How often a column without any change may fail or warn. */
  readonly failing: number;
  readonly warning: number;
}

/** One of the tests, with what it measured in its own unit. */
export interface ChangeEvidence {
  readonly kind: 'index' | 'shift' | 'share';
  readonly value: number;
  /** `PSI`, standard deviations, share or ratio. */
  readonly unit: 'PSI' | 'σ' | 'share' | 'ratio';
  /** Lower confidence bound of the value, one-sided 95 %. */
  readonly lower: number;
  readonly threshold: number;
  /** On the scale of the index: the limit at which this would no longer count. */
  readonly scaled: number;
  /** Of no change at all, for this test among the others of the column. */
  readonly p: number;
  /** Which way the values moved, or the fine cell whose share did. */
  readonly direction?: 1 | -1;
  readonly cell?: Cell;
}

export interface DistributionChange {
  readonly verdict: 'fail' | 'warn' | 'pass';
  readonly index: StabilityIndex;
  /** Every test that fails or warns, the gravest first. */
  readonly evidence: readonly ChangeEvidence[];
}

/** The index that counts where nothing else is said, and the shift of a normal distribution that has it. */
export const DEFAULT_INDEX = 0.1;
const DEFAULT_SHIFT = 0.32;

/** One-sided 95 %. */
const Z = 1.645;

/**
 * The edges of bins are values of the reference, and of few values each gets a bin of its own: an accident, where they
 * are of a continuous distribution, that no sample repeats.
 */
const LEAST_ORDERED = 20;

/**
 * Whether a column's distribution changed, by up to three tests that share the level among them (Bonferroni): of any
 * change (a power divergence; effect: the debiased index), of ordered values that moved up or down (a trend test of
 * normal scores, far better than the first at what happens most; effect: the shift in standard deviations), and of each
 * category or bin alone (Fisher's exact test; effect: points or ratio of its share). A test fails where chance alone is
 * excluded at `failing` and its effect is certainly above its threshold; it warns where chance is excluded at `warning`
 * and the measured effect reaches the threshold. So neither large samples with trivial changes nor small ones without
 * any are findings.
 * @returns undefined where a sample is empty or all values are in one cell.
 */
export function distributionChange(
  samples: TwoSamples,
  limits: ChangeLimits,
): DistributionChange | undefined {
  const cells = mergeSmallCells(samples.coarse);
  // Where all cells are small, the index is only shown: the exact tests of the shift and of each share still hold.
  const filled = samples.coarse.filter(({ reference, current }) => reference + current > 0);
  const index = stabilityIndex(cells, Z) ?? stabilityIndex(filled, Z);
  if (index === undefined) return undefined;
  const parts = samples.ordered
    ? { index: 0.25, shift: 0.5, share: 0.25 }
    : { index: 0.5, shift: 0, share: 0.5 };
  const all = isTooSmall(samples)
    ? []
    : [
        ...indexEvidence(cells, index, limits),
        ...(samples.ordered ? shiftEvidence(samples.fine, limits) : []),
        ...shareEvidence(samples, limits),
      ];
  const fails = ({ kind, p, lower, threshold }: ChangeEvidence) =>
    p <= limits.failing * parts[kind] && lower >= threshold;
  const failing = all.filter(fails);
  const warning = all.filter((each) => !fails(each) && each.p <= limits.warning * parts[each.kind]);
  const verdict = failing.length > 0 ? 'fail' : warning.length > 0 ? 'warn' : 'pass';
  return { verdict, index, evidence: [...failing, ...warning] };
}

function isTooSmall({ ordered, fine }: TwoSamples): boolean {
  return ordered && countValues(fine).n < LEAST_ORDERED;
}

function indexEvidence(
  cells: readonly Cell[],
  { debiased, lower }: StabilityIndex,
  { index: threshold }: ChangeLimits,
): ChangeEvidence[] {
  if (cells.length < 2 || debiased < threshold) return [];
  const { p } = homogeneityTest(cells);
  return [{ kind: 'index', value: debiased, unit: 'PSI', lower, threshold, scaled: debiased, p }];
}

/** The index of two normal distributions grows with the square of the shift between them. */
function shiftEvidence(cells: readonly Cell[], { index }: ChangeLimits): ChangeEvidence[] {
  const filled = cells.filter((cell) => cell.reference + cell.current > 0);
  const threshold = DEFAULT_SHIFT * Math.sqrt(index / DEFAULT_INDEX);
  // Of two values, the exact test of their shares says it all.
  const found = filled.length < 3 ? undefined : locationShift(filled);
  if (found === undefined || Math.abs(found.shift) < threshold) return [];
  const value = Math.abs(found.shift);
  return [
    {
      kind: 'shift',
      value,
      unit: 'σ',
      lower: value - Z * found.error,
      threshold,
      scaled: DEFAULT_INDEX * (value / DEFAULT_SHIFT) ** 2,
      p: found.p,
      direction: found.shift < 0 ? -1 : 1,
    },
  ];
}

/** Each cell whose share changed enough; the most certain ones first. */
function shareEvidence(samples: TwoSamples, limits: ChangeLimits): ChangeEvidence[] {
  const { fine, among } = samples;
  const { n, m } = samples.totals ?? countValues(fine);
  const scale = limits.index / DEFAULT_INDEX;
  const least = { points: limits.points * scale, ratio: 2 ** scale };
  const found = fine.flatMap((cell): ChangeEvidence[] => {
    const { reference, current } = cell;
    const change = shareChange({ reference, current, n, m }, least, Z);
    if (change === undefined) return [];
    const { value, unit } = change.effect;
    const times = unit === 'share' ? value / limits.points : Math.log2(value);
    return [
      {
        kind: 'share',
        ...change.effect,
        scaled: DEFAULT_INDEX * times,
        p: Math.min(1, change.p * Math.max(among, fine.length)),
        direction: current * n < reference * m ? -1 : 1,
        cell,
      },
    ];
  });
  return found.sort((a, b) => a.p - b.p);
}

function countValues(cells: readonly Cell[]): { readonly n: number; readonly m: number } {
  return {
    n: cells.reduce((sum, cell) => sum + cell.reference, 0),
    m: cells.reduce((sum, cell) => sum + cell.current, 0),
  };
}
