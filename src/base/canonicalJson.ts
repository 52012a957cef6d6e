/**
 * JSON with sorted keys, floats of 12 significant digits and a final newline, so that the same content is
 * the same bytes. Twelve digits, because sums of doubles differ in the last ones with the number of threads.
 * Infinities and NaN become null, as in `JSON.stringify`.
 */
export function canonicalJson(value: unknown): string {
  return `${JSON.stringify(value, replaceValue, 2)}\n`;
}

function replaceValue(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return roundToDigits(value, 12);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareCodeUnits(a, b)));
}

function roundToDigits(value: number, digits: number): number {
  if (!Number.isFinite(value) || Number.isSafeInteger(value)) return value;
  return Number(value.toPrecision(digits));
}

/** Locale-independent order, the same on every machine. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
