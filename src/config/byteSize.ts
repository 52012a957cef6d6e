/** Decimal and binary, as the SI and IEC 80000-13 have them; case does not matter. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** For the configuration's schema: what `parseByteSize` takes. */
export const BYTE_SIZE = /^\d+(?:\.\d+)?\s*(?:[KMGTkmgt]i?)?[Bb]?$/;

/** Bytes: `4GB` is 4e9, `4 GiB` is 2 ** 32; undefined for anything else. */
export function parseByteSize(size: string | number): number | undefined {
  if (typeof size === 'number') return size;
  if (!BYTE_SIZE.test(size)) return undefined;
  const unit = /[KMGTkmgt]i?(?=[Bb]?$)/.exec(size)?.[0] ?? '';
  return Math.round(parseFloat(size) * (UNITS[unit.toLowerCase()] ?? 1));
}
