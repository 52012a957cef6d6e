import { formatSigned } from '../base/format';
import type { Verdict } from '../base/verdict';
import type { MetricRule } from '../config/config';
import type { Direction, MetricComparison } from './comparison';

/** What is known of one metric on both sides before it is judged; null: that side does not have it. */
export interface MetricPair {
  readonly base: number | null;
  readonly candidate: number | null;
  readonly direction: Direction;
  /** Time, memory, throughput. */
  readonly variesBetweenRuns: boolean;
  /** Why there is no base at all; absent where the base was read. */
  readonly baseMissing?: MissingBase;
}

/** `reason` is one sentence; a base that should be there, but could not be read, is `isDoubtful`. */
export interface MissingBase {
  readonly reason: string;
  readonly isDoubtful: boolean;
}

export type Judgement = Pick<MetricComparison, 'method' | 'result' | 'reason'>;

/** How much worse a metric without a rule may be, in its own unit or as a share of the baseline. */
const TOLERANCE = 0.01;
/** A change of more tolerances than this is called a failure even without any uncertainty known. */
const FAILING_TOLERANCES = 5;

/**
 * Judges a metric by the numbers alone, for want of its uncertainty. `floor` and `ceiling` come first, then the
 * `margin`; without one, a tolerance of 0.01 between 0 and 1, else of 1 % of the baseline.
 */
export function judgeMetric(pair: MetricPair, rule: MetricRule | undefined): Judgement {
  if (rule?.ignore === true) return unjudged('preflight.yaml says to ignore it.');
  const { base, candidate } = pair;
  if (candidate === null) return judgeRemoved(pair, rule);
  if (!Number.isFinite(candidate))
    return { method: 'none', result: 'inconclusive', reason: `${candidate} cannot be judged.` };
  const limit = judgeLimits(candidate, rule);
  if (limit?.result === 'fail') return limit;
  if (base === null || !Number.isFinite(base)) return limit ?? judgeWithoutBase(pair);
  const change = judgeChange({ ...pair, base, candidate }, rule);
  // A limit that was kept says more than that nothing else was demanded.
  return change.method === 'none' && change.result === 'pass' ? (limit ?? change) : change;
}

function judgeRemoved(
  { base, direction, variesBetweenRuns }: MetricPair,
  rule: MetricRule | undefined,
): Judgement {
  const was = base === null ? '' : ` (it was ${rounded(base)})`;
  const method = 'none';
  if (rule !== undefined)
    return { method, result: 'fail', reason: `preflight.yaml demands it, and it is gone${was}.` };
  if (direction === 'unknown' || variesBetweenRuns) return unjudged(`It is gone${was}.`);
  return {
    method,
    result: 'warn',
    reason: `It is gone${was}, so nothing speaks for the candidate.`,
  };
}

function judgeLimits(candidate: number, rule: MetricRule | undefined): Judgement | undefined {
  const value = rounded(candidate);
  const { floor, ceiling } = rule ?? {};
  if (floor !== undefined && candidate < floor)
    return limited('floor', 'fail', `${value} is below the floor of ${floor}.`);
  if (ceiling !== undefined && candidate > ceiling)
    return limited('ceiling', 'fail', `${value} is above the ceiling of ${ceiling}.`);
  if (floor !== undefined) return limited('floor', 'pass', `${value} keeps the floor of ${floor}.`);
  if (ceiling !== undefined)
    return limited('ceiling', 'pass', `${value} keeps the ceiling of ${ceiling}.`);
  return undefined;
}

function limited(method: 'floor' | 'ceiling', result: Verdict, reason: string): Judgement {
  return { method, result, reason };
}

function judgeWithoutBase({ base, direction, baseMissing }: MetricPair): Judgement {
  if (base !== null)
    return doubtful(direction, `The baseline is ${base}, so there is nothing to compare with.`);
  if (baseMissing === undefined) return unjudged('The baseline does not have it.');
  return baseMissing.isDoubtful
    ? doubtful(direction, baseMissing.reason)
    : unjudged(baseMissing.reason);
}

function doubtful(direction: Direction, reason: string): Judgement {
  return { method: 'none', result: direction === 'unknown' ? 'pass' : 'warn', reason };
}

type KnownPair = MetricPair & { readonly base: number; readonly candidate: number };

function judgeChange(pair: KnownPair, rule: MetricRule | undefined): Judgement {
  const { base, candidate, direction, variesBetweenRuns } = pair;
  const margin = rule?.margin;
  if (direction === 'unknown') {
    if (margin === undefined) return unjudged('Its name does not say which direction is better.');
    const reason =
      'Its name does not say which direction is better: give its direction in preflight.yaml.';
    return { method: 'none', result: 'inconclusive', reason };
  }
  if (base === candidate) return tolerated('pass', 'It has not changed.');
  const worsening = direction === 'higher' ? base - candidate : candidate - base;
  if (margin !== undefined) return judgeMargin(pair, worsening, margin);
  if (variesBetweenRuns)
    return unjudged(
      'It differs from run to run: give a margin or a ceiling in preflight.yaml to judge it.',
    );
  return judgeTolerance(pair, worsening);
}

function judgeMargin({ base, candidate }: KnownPair, worsening: number, margin: number): Judgement {
  const delta = formatSigned(candidate - base);
  const bound = `the margin of ${margin}`;
  if (worsening <= 0) return tolerated('pass', `${delta} is better.`);
  return exceeds(worsening, margin, base)
    ? tolerated('fail', `${delta} is worse by more than ${bound}.`)
    : tolerated('pass', `${delta} is within ${bound}.`);
}

const ADVICE = 'no uncertainty is known: give a margin in preflight.yaml, or write predictions.';

function judgeTolerance({ base, candidate }: KnownPair, worsening: number): Judgement {
  const isShare = [base, candidate].every((value) => value >= 0 && value <= 1);
  const tolerance = isShare ? TOLERANCE : TOLERANCE * Math.abs(base);
  const delta = formatSigned(candidate - base);
  if (worsening <= 0) return tolerated('pass', `${delta} is better.`);
  if (!exceeds(worsening, tolerance, base))
    return tolerated('pass', `${delta} is within the tolerance of ${rounded(tolerance)}.`);
  const failing = tolerance * FAILING_TOLERANCES;
  return exceeds(worsening, failing, base)
    ? tolerated('fail', `${delta} is worse by more than ${rounded(failing)}; ${ADVICE}`)
    : tolerated(
        'inconclusive',
        `${delta} is worse than the tolerance of ${rounded(tolerance)}; ${ADVICE}`,
      );
}

/** Without the zeros that tables keep; enough digits that a value just below a limit does not look like it. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

/** 0.95 - 0.94 is a little more than 0.01 in doubles; such a little does not count. */
function exceeds(worsening: number, bound: number, base: number): boolean {
  return worsening - bound > 1e-12 * Math.max(1, Math.abs(base));
}

function tolerated(result: Verdict, reason: string): Judgement {
  return { method: 'tolerance', result, reason };
}

function unjudged(reason: string): Judgement {
  return { method: 'none', result: 'pass', reason };
}
