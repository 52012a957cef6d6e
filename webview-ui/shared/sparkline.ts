/** SVG path data for the small histograms in a table. Lengths in pixels. */

/** One filled bar per share, on a common scale where `highest` fills the height. */
export function barsPath(
  shares: readonly number[],
  highest: number,
  width: number,
  height: number,
): string {
  const step = width / Math.max(1, shares.length);
  return shares
    .map((share, index) => {
      const top = height - barHeight(share, highest, height);
      return `M${round(index * step + 0.5)} ${height}V${round(top)}H${round((index + 1) * step - 0.5)}V${height}Z`;
    })
    .join('');
}

/** The outline of the same bars as one line of steps. */
export function stepsPath(
  shares: readonly number[],
  highest: number,
  width: number,
  height: number,
): string {
  const step = width / Math.max(1, shares.length);
  return shares
    .map((share, index) => {
      const top = round(height - barHeight(share, highest, height));
      return `${index === 0 ? 'M0 ' : 'V'}${top}H${round((index + 1) * step)}`;
    })
    .join('');
}

function barHeight(share: number, highest: number, height: number): number {
  return highest > 0 ? (share / highest) * (height - 1) : 0;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
