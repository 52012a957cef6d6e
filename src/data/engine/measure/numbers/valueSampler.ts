import { MOST_VALUES, type SampledValue } from '../../../profile/measures';
import { reduceSample } from '../../../profile/valueSample';

/** Slots of the table of values: four times as many as values, so that a search ends soon. */
const SLOTS = 4 * MOST_VALUES;

/**
 * The distinct values of a stream of doubles, or an even sample of them (see `ValueSample`), each with the exact number
 * of its rows, in one pass: a value that is not kept was never kept, for the level only rises.
 */
export class ValueSampler {
  /** The least number of zero bits that a value's hash begins with. */
  level = 0;
  private size = 0;
  private readonly keys = new Float64Array(SLOTS);
  /** 0 marks an empty slot. */
  private readonly counts = new Float64Array(SLOTS);
  private readonly depths = new Uint8Array(SLOTS);

  /**
   * Adds values until there are too many different ones to keep all at this level.
   * @param words the memory of the values as pairs of 32 bits, the low ones first
   * @returns the index of the first value that was not added; `to` where all were
   */
  add(values: Float64Array, words: Uint32Array, from: number, to: number): number {
    const { keys, counts, level } = this;
    for (let at = from; at < to; at++) {
      const hash = hashOf(words[2 * at] ?? 0, words[2 * at + 1] ?? 0);
      const depth = Math.clz32(hash);
      if (depth < level) continue;
      const value = values[at] ?? 0;
      let slot = hash & (SLOTS - 1);
      while (counts[slot] !== 0 && keys[slot] !== value) slot = (slot + 1) & (SLOTS - 1);
      if (counts[slot] === 0) {
        if (this.size === MOST_VALUES) return at;
        this.size += 1;
        keys[slot] = value;
        this.depths[slot] = depth;
      }
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    return to;
  }

  /** Forgets values, about half of them, so that there is room for others. */
  raise(): void {
    const kept = this.entries();
    while (kept.length > 0 && this.size === kept.length) {
      this.level += 1;
      this.size = kept.filter(([, , depth]) => depth >= this.level).length;
    }
    this.counts.fill(0);
    for (const [value, count, depth] of kept)
      if (depth >= this.level) this.put(Number(value), count, depth);
  }

  /** In no order. */
  entries(): readonly SampledValue[] {
    const entries: SampledValue[] = [];
    for (let slot = 0; slot < SLOTS; slot++) {
      const count = this.counts[slot] ?? 0;
      if (count > 0) entries.push([this.keys[slot] ?? 0, count, this.depths[slot] ?? 0]);
    }
    return entries;
  }

  sample() {
    return reduceSample({ level: this.level, entries: this.entries() });
  }

  private put(value: number, count: number, depth: number): void {
    SCRATCH[0] = value;
    let slot = hashOf(SCRATCH_WORDS[0] ?? 0, SCRATCH_WORDS[1] ?? 0) & (SLOTS - 1);
    while (this.counts[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.keys[slot] = value;
    this.counts[slot] = count;
    this.depths[slot] = depth;
  }
}

const SCRATCH = new Float64Array(1);
const SCRATCH_WORDS = new Uint32Array(SCRATCH.buffer);

/** 32 bits of a double's: both halves times odd numbers, mixed as MurmurHash3 ends (Appleby, public domain). */
function hashOf(low: number, high: number): number {
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high ^ (low >>> 15), 0x85ebca77);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
