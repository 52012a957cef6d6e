/** Numbers that programs and people write for "no value". */

const LIMITS: ReadonlySet<number> = new Set([
  -128,
  255,
  -32_768,
  32_767,
  65_535,
  -2_147_483_648,
  2_147_483_647,
  4_294_967_295,
  // Of 64 bits, as doubles hold them.
  -(2 ** 63),
  2 ** 63,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
]);

/**
 * Whether a number is known as a code for "no value": -1, the nines (-9, 99, -999, 9999.0), a digit repeated three times
 * or more (-888, 7777), a power of ten from 1e20 on, and the limits of the number types. Many data have such numbers as
 * good values: only where it stands tells.
 */
export function isSentinel(value: number): boolean {
  if (value === -1 || value === -9 || LIMITS.has(value)) return true;
  const size = Math.abs(value);
  if (size >= 1e20) return /^1e\+\d+$/.test(size.toExponential());
  return /^(?:99|([1-9])\1{2,})$/.test(String(size)) || /^9{2,}\.9+$/.test(String(size));
}
