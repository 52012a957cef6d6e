/** Numbers and times for people. Pure, so that terminals, reports and web views write them alike. */

/** Three significant digits by default, grouped, without an exponent between 1e-4 and 1e15. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return value.toExponential(digits - 1);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return value.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** A difference, always with its sign. The minus is a real one, as wide as the plus. */
export function formatSigned(value: number, digits = 3): string {
  if (value === 0) return '0';
  return value < 0 ? `\u2212${formatNumber(-value, digits)}` : `+${formatNumber(value, digits)}`;
}

/** A share of 1 as a percentage. */
export function formatShare(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.0001) return '<0.01 %';
  return `${formatNumber(share * 100, share < 0.01 ? 2 : 3)} %`;
}

/** A duration in seconds: `40 ms`, `3.2 s`, `2 min 5 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  return minutes < 60
    ? `${minutes} min ${rest} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `5 minutes ago`; both times in milliseconds since the epoch. */
export function formatAge(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  const units = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  for (const [unit, length] of units) {
    const count = Math.floor(seconds / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}

/** `1 finding`, `2 findings`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}
