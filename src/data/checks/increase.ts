import { formatNumber, formatShare } from '../../base/format';
import { newcombeInterval, type Proportion } from '../statistics/proportions';

/** Two-sided 99 %. */
const Z = 2.576;

/** An increase matters from one point, or from twice the share on: the ratio is what matters for rare values. */
const LEAST_INCREASE = 0.01;
const LEAST_RATIO = 2;

/**
 * The lower 99 % bound of the increase of a share (Newcombe 1998), where it is certainly above zero and large enough to
 * matter; else undefined.
 */
export function certainIncrease(now: Proportion, before: Proportion): number | undefined {
  if (before.total === 0 || now.total === 0) return undefined;
  const shareNow = now.count / now.total;
  const shareBefore = before.count / before.total;
  const { lower } = newcombeInterval(now, before, Z);
  const matters = shareNow - shareBefore >= LEAST_INCREASE || shareNow >= LEAST_RATIO * shareBefore;
  return lower > 0 && matters ? lower : undefined;
}

/** `12.0 % (120 of 1,000)`. */
export function formatPart({ count, total }: Proportion): string {
  return `${formatShare(total === 0 ? 0 : count / total)} (${formatNumber(count)} of ${formatNumber(total)})`;
}
