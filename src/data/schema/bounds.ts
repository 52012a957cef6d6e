import type { ColumnType } from '../profile/profile';

/** Bounds of columns: numbers, or ISO text for dates and times. */

const ISO =
  /^([+-]?\d{4,6})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?( \(BC\))?$/;

/**
 * Milliseconds since the epoch of an ISO text as schemas and DuckDB write it (`2026-01-31`, `2026-01-31 10:00:00.5`),
 * without a zone as UTC; infinite for `infinity`, undefined for any other text.
 */
export function timeOf(text: string): number | undefined {
  if (/^-?infinity$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const parts = ISO.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = parts;
  const date = new Date(0);
  // Years before 1 are written as of Christ's calendar, which has no year 0.
  const shown = Number(year);
  date.setUTCFullYear(parts[9] === undefined ? shown : 1 - shown, Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  return date.getTime() + Number(`0.${fraction}`) * 1000 - offsetOf(zone);
}

/** Milliseconds ahead of UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** What is wrong with a bound of a column of a type. */
export function boundMistake(
  type: ColumnType | undefined,
  bound: number | string | undefined,
): string | undefined {
  if (bound === undefined) return undefined;
  if (type === 'integer' || type === 'number') {
    return typeof bound === 'number' ? undefined : 'A bound of numbers is a number';
  }
  const isTime = typeof bound === 'string' && timeOf(bound) !== undefined;
  if (type === 'date' || type === 'timestamp') {
    return isTime ? undefined : 'A bound of dates is written as 2026-01-31';
  }
  if (type !== undefined) return `A column of type ${type} has no bounds`;
  return typeof bound === 'number' || isTime ? undefined : 'A bound is a number or a date';
}
