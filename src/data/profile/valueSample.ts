import { MOST_VALUES, type SampledValue, type ValueSample } from './measures';

/** The sample of the values of both. */
export function mergeSamples(a: ValueSample, b: ValueSample): ValueSample {
  const level = Math.max(a.level, b.level);
  const merged = new Map<string | number, SampledValue>();
  for (const [value, count, depth] of [...a.entries, ...b.entries]) {
    if (depth < level) continue;
    merged.set(value, [value, count + (merged.get(value)?.[1] ?? 0), depth]);
  }
  return reduceSample({ level, entries: [...merged.values()] });
}

/** The sample at the lowest level, not below its own, at which it is small enough; in the order of the values. */
export function reduceSample({ level, entries }: ValueSample): ValueSample {
  let kept = entries;
  let lowest = level;
  while (kept.length > MOST_VALUES) {
    lowest += 1;
    const least = lowest;
    kept = kept.filter(([, , depth]) => depth >= least);
  }
  return { level: lowest, entries: [...kept].sort(byValue) };
}

/** Numbers before texts, both ascending. */
export function byValue([a]: SampledValue, [b]: SampledValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rows that the sample's values have. */
export function sampledRows({ entries }: ValueSample): number {
  return entries.reduce((sum, [, count]) => sum + count, 0);
}
