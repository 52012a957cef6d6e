/** The fewest parts that make up at least half of their sum, as their indices in order. */
export function fewestForHalf(parts: readonly (number | undefined)[]): readonly number[] {
  const sizes = parts.map((part) => part ?? 0);
  const half = sizes.reduce((total, size) => total + size, 0) / 2;
  const largestFirst = sizes
    .map((size, index) => ({ size, index }))
    .sort((a, b) => b.size - a.size);
  const chosen: number[] = [];
  let covered = 0;
  for (const { size, index } of largestFirst) {
    if (covered >= half) break;
    covered += size;
    chosen.push(index);
  }
  return chosen.sort((a, b) => a - b);
}
