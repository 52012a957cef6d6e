import { MOST_VALUES, type SampledValue, type ValueSample } from './measures';

/** The sample of the values of both. */
export function mergeSamples(a: ValueSample, b: ValueSample): ValueSample {
  const level = Math.max(a.level, b.level);
  return cutSample({ level, entries: mergeEntries(a.entries, b.entries, level) });
}

/** Two lists in the order of their values become one. */
function mergeEntries(
  a: readonly SampledValue[],
  b: readonly SampledValue[],
  level: number,
): readonly SampledValue[] {
  const merged: SampledValue[] = [];
  let next = 0;
  const keep = (entry: SampledValue): void => {
    if (entry[2] >= level) merged.push(entry);
  };
  for (const entry of a) {
    let other = b[next];
    while (other !== undefined && byValue(other, entry) < 0) {
      keep(other);
      next += 1;
      other = b[next];
    }
    const isBoth = other !== undefined && byValue(other, entry) === 0;
    keep(isBoth ? [entry[0], entry[1] + (other?.[1] ?? 0), entry[2]] : entry);
    if (isBoth) next += 1;
  }
  for (const entry of b.slice(next)) keep(entry);
  return merged;
}

/** As `cutSample`, of entries in any order. */
export function reduceSample({ level, entries }: ValueSample): ValueSample {
  return cutSample({ level, entries: [...entries].sort(byValue) });
}

/** The sample at the lowest level, not below its own, at which it is small enough. */
function cutSample({ level, entries }: ValueSample): ValueSample {
  let kept = entries;
  let lowest = level;
  while (kept.length > MOST_VALUES) {
    lowest += 1;
    const least = lowest;
    kept = kept.filter(([, , depth]) => depth >= least);
  }
  return { level: lowest, entries: kept };
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
