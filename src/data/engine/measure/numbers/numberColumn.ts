import type { NumberMeasures, ValueSample } from '../../../profile/measures';
import { BinCounter } from './binCounter';
import { ExactSums } from './exactSums';
import { FINITE, FINITE_WORDS, gatherFinite, type FiniteValues } from './finiteValues';
import type { NumberChunk } from './streamNumbers';
import { ValueSampler } from './valueSampler';

export interface NumberSummary {
  readonly nulls: number;
  readonly nans: number;
  readonly infinities: number;
  /** Whether there are values among which not every whole number is a double of its own. */
  readonly isHuge: boolean;
  /** The finite values. */
  readonly values: ValueSample;
  /** Where the values are not all known, or are huge; without the histogram where no edges were given. */
  readonly numbers?: (Omit<NumberMeasures, 'histogram'> & Partial<NumberMeasures>) | undefined;
}

/** Every whole number below is a double of its own. */
const LARGEST_EXACT = 2 ** 53;

/**
 * What is measured of a numeric column while its values go by, the same for any order of them. As long as all different
 * values are known, these tell everything: sums and bins begin when there are too many.
 */
export class NumberColumn {
  private nulls = 0;
  private nans = 0;
  private infinities = 0;
  private count = 0;
  private min = Infinity;
  private max = -Infinity;
  private minCount = 0;
  private maxCount = 0;
  private isSummed = false;
  private readonly sampler = new ValueSampler();
  private readonly sums = new ExactSums();
  private readonly bins: BinCounter | undefined;

  /** @param edges to count on, where they are known */
  constructor(edges?: readonly number[]) {
    this.bins = edges && new BinCounter(edges);
  }

  add(chunk: NumberChunk): void {
    const gathered = gatherFinite(chunk);
    const { finite, nulls, nans, infinities } = gathered;
    this.count += finite;
    this.nulls += nulls;
    this.nans += nans;
    this.infinities += infinities;
    this.joinExtremes(gathered);
    this.sum(gathered);
  }

  /** What is left of the column: without the tables that are needed while it is read. */
  summarize(): NumberSummary {
    const { nulls, nans, infinities, count, min, max, sampler } = this;
    const isComplete = sampler.level === 0;
    const isHuge = Math.max(-min, max) >= LARGEST_EXACT;
    const numbers = isComplete && !isHuge ? undefined : this.numbers();
    return {
      nulls,
      nans,
      infinities,
      isHuge: count > 0 && isHuge,
      values: sampler.sample(),
      ...(numbers && { numbers }),
    };
  }

  private numbers(): NumberSummary['numbers'] {
    if (!this.isSummed) this.sumKnown();
    const moments = this.sums.moments();
    if (moments === undefined) return undefined;
    const { count, min, max, minCount, maxCount, bins } = this;
    const histogram = bins && { histogram: bins.histogram() };
    return { count, min, max, ...moments, minCount, maxCount, ...histogram };
  }

  private joinExtremes({ min, max, minCount, maxCount }: FiniteValues): void {
    if (min <= this.min) this.minCount = minCount + (min === this.min ? this.minCount : 0);
    if (max >= this.max) this.maxCount = maxCount + (max === this.max ? this.maxCount : 0);
    this.min = Math.min(min, this.min);
    this.max = Math.max(max, this.max);
  }

  private sum({ finite, min, max }: FiniteValues): void {
    let next = this.sampler.add(FINITE, FINITE_WORDS, 0, finite);
    if (!this.isSummed && next === finite) return;
    const first = this.isSummed ? 0 : next;
    if (!this.isSummed) this.sumKnown();
    while (next < finite) {
      this.sampler.raise();
      next = this.sampler.add(FINITE, FINITE_WORDS, next, finite);
    }
    this.sums.add(FINITE, first, finite, Math.max(-min, max));
    this.bins?.add(FINITE, first, finite);
  }

  /** From here on sums and bins have every value that the sampler has seen. */
  private sumKnown(): void {
    this.isSummed = true;
    for (const [value, times] of this.sampler.entries()) {
      this.sums.addRepeated(Number(value), times);
      this.bins?.addRepeated(Number(value), times);
    }
  }
}
