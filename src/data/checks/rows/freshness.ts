import type { Finding } from '../../finding';
import type { ColumnProfile } from '../../profile/profile';
import { allowRule } from '../../schema/schemaEdit';
import { acceptingDataset, quote, type Check, type CheckContext } from '../check';

const RULE = 'freshness';

/** Milliseconds of the units that a schema may write. */
const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const DAY = 86_400_000;

/** The last time in the schema's column is older than the schema allows; a column without times cannot be fresh. */
export const freshness: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { current, schema, now } = context;
  if (schema.freshness === undefined) return [];
  const { column, within } = schema.freshness;
  const limit = parseDuration(within);
  if (limit === undefined) return [];
  const known = current.columns.find(({ name }) => name === column);
  const last = known === undefined ? undefined : lastTime(known);
  if (last === undefined) {
    return [describe(context, column, within, `${quote(column)} holds no time`, 'no time')];
  }
  if (now.getTime() - last.time <= limit) return [];
  const message = `The last time in ${quote(column)} is ${last.text}`;
  return [describe(context, column, within, message, last.text)];
}

function parseDuration(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z])$/.exec(text) ?? [];
  const milliseconds = UNITS[unit];
  return amount === undefined || milliseconds === undefined
    ? undefined
    : Number(amount) * milliseconds;
}

/** In milliseconds since the epoch. Times without a zone are UTC; a date lasts until its day ends. */
function lastTime({ type, range }: ColumnProfile) {
  if (range === undefined || (type !== 'date' && type !== 'timestamp')) return undefined;
  const text = range.max;
  const whole = /^\d{4,}-\d\d-\d\d$/.test(text);
  const zoned = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text) && !whole;
  const iso = whole ? `${text}T00:00:00Z` : `${text.replace(' ', 'T')}${zoned ? '' : 'Z'}`;
  const time = Date.parse(iso.replace(/([+-]\d\d)$/, '$1:00'));
  if (Number.isNaN(time)) return undefined;
  return { text, time: type === 'date' ? time + DAY : time };
}

function describe(
  { dataset }: CheckContext,
  column: string,
  within: string,
  what: string,
  observed: string,
): Finding {
  return {
    rule: RULE,
    severity: 'error',
    dataset: dataset.name,
    column,
    message: `${what}; the schema asks for one of the last ${within}.`,
    observed,
    expected: `within ${within}`,
    samples: [],
    fix: acceptingDataset(RULE, 'Do not ask whether the data is fresh', allowRule(RULE)),
  };
}
