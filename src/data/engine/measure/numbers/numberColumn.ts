import type { NumberMeasures, ValueSample } from '../../../profile/measures';
import { BinCounter } from './binCounter';
import { ExactSums } from './exactSums';
import { FINITE, FINITE_WORDS, gatherFinite, type FiniteValues } from './finiteValues';
import type { NumberChunk } from './streamNumbers';
import { ValueSampler } from './valueSampler';

/**
 * What is measured of a numeric column while its values go by, the same for any order of them. As long as all different
 * values are known, these tell everything: sums and bins begin when there are too many.
 */
export class NumberColumn {
  nulls = 0;
  nans = 0;
  infinities = 0;
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

  /** Whether all different values are known. */
  get isComplete(): boolean {
    return this.sampler.level === 0;
  }

  /** Of the finite values. */
  get extremes(): { readonly min?: number; readonly max?: number } {
    return this.count === 0 ? {} : { min: this.min, max: this.max };
  }

  values(): ValueSample {
    return this.sampler.sample();
  }

  /** Without the histogram where no edges were given; undefined where there is no finite value. */
  numbers(): (Omit<NumberMeasures, 'histogram'> & Partial<NumberMeasures>) | undefined {
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
