import { DuckDBDateValue, DuckDBTimestampValue } from '@duckdb/node-api';

/** Declared types whose texts may be dates. */
export const DATE_TYPES = /DATE|TIME/;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,6}))?$/;
const DAY = 86_400_000;

/** Undefined for what is no date: also for the 30th of February. */
export function toDate(text: string): DuckDBDateValue | undefined {
  const time = DATE.test(text) ? millisOf(`${text}T00:00:00Z`, text) : undefined;
  return time === undefined ? undefined : new DuckDBDateValue(time / DAY);
}

export function toTimestamp(text: string): DuckDBTimestampValue | undefined {
  const [, day = '', time = '', fraction = ''] =
    TIMESTAMP.exec(DATE.test(text) ? `${text} 00:00` : text) ?? [];
  const millis = millisOf(`${day}T${time}Z`, day);
  if (day === '' || millis === undefined) return undefined;
  return new DuckDBTimestampValue(BigInt(millis) * 1000n + BigInt(fraction.padEnd(6, '0')));
}

function millisOf(iso: string, day: string): number | undefined {
  const millis = Date.parse(iso);
  // JavaScript makes March of the 30th of February.
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== day) return undefined;
  return millis;
}
