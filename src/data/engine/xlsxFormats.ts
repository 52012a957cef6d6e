import { DuckDBTimestampValue } from '@duckdb/node-api';

/** Whether a number format shows dates or times; built-in ones have no code (ECMA-376, 18.8.30). */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (
      (id >= 14 && id <= 22) ||
      (id >= 27 && id <= 36) ||
      (id >= 45 && id <= 47) ||
      (id >= 50 && id <= 58)
    );
  // Quoted texts, escaped characters, and colours or locales in brackets say nothing; `[h]` is a duration.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, '');
  return /[dmyhs]/i.test(bare) && !/^general$/i.test(bare);
}

const DAY = 86_400_000;
/** Days from 1899-12-30, which makes the days from March 1900 on right, and from 1904-01-01, to 1970. */
const TO_1970 = { from1900: 25_569, from1904: 24_107 };

/** Milliseconds since 1970 of a day's number. Excel believes in the 29th of February 1900. */
export function millisOfSerial(serial: number, from1904: boolean): number {
  const days = from1904 ? serial - TO_1970.from1904 : serial - TO_1970.from1900;
  return Math.round((!from1904 && serial < 60 ? days + 1 : days) * DAY);
}

export function timestampOf(millis: number): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(millis) * 1000n);
}

export function isWholeDay(millis: number): boolean {
  return millis % DAY === 0;
}

export function dayOf(millis: number): number {
  return Math.floor(millis / DAY);
}
