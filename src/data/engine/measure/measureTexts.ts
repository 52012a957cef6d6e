import type { DuckDBConnection } from '@duckdb/node-api';
import type { TextMeasures, ValueSample } from '../../profile/measures';
import type { MeasuredColumn } from './measuredColumn';
import { isShortened } from './sampleValues';
import { selectNumbers } from './selectNumbers';

/** White space as RE2 has it, and the no-break space that spreadsheets leave. */
const SPACE = '[\\t\\n\\f\\r \\u00A0]';
const PADDED = new RegExp(`^${SPACE}|${SPACE}$`);
const BLANK = new RegExp(`^${SPACE}*$`);
/** The replacement character, control characters, and UTF-8 that was read as Windows-1252. */
const BROKEN =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\uFFFD\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\u00C3[\u0080-\u00BF]|\u00E2\u20AC/;

/** Lengths and blemishes of every text, from the values where they are all known. */
export async function measureTexts(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
  samples: ReadonlyMap<MeasuredColumn, ValueSample>,
): Promise<ReadonlyMap<MeasuredColumn, TextMeasures>> {
  const texts = columns.filter(({ as }) => as === 'string');
  const isKnown = (each: MeasuredColumn): boolean =>
    samples.get(each)?.level === 0 &&
    samples.get(each)?.entries.every(([value]) => !isShortened(value)) === true;
  const unknown = texts.filter((each) => !isKnown(each));
  const values = await selectNumbers(
    connection,
    withOdd(relation, unknown),
    unknown.flatMap(measuresOf),
  );
  const measured = new Map<MeasuredColumn, TextMeasures>();
  for (const [index, column] of unknown.entries()) {
    const [count = 0, min, max, total, padded, blank, broken] = values.slice(7 * index);
    measured.set(column, {
      count: count ?? 0,
      minLength: min ?? 0,
      maxLength: max ?? 0,
      totalLength: total ?? 0,
      padded: padded ?? 0,
      blank: blank ?? 0,
      broken: broken ?? 0,
    });
  }
  for (const each of texts) if (isKnown(each)) measured.set(each, measureKnown(samples.get(each)));
  return measured;
}

/** Text without any flaw, found fast: visible ASCII, with spaces within. */
const PLAIN = '[!-~](?:[ -~]*[!-~])?';

/** With the texts of each column that may have flaws as another one: three patterns for every text take four times as long. */
function withOdd(relation: string, texts: readonly MeasuredColumn[]): string {
  const odd = texts.map(
    ({ id }) =>
      `CASE WHEN NOT regexp_full_match(${id}::VARCHAR, '${PLAIN}') THEN ${id}::VARCHAR END AS odd_${id}`,
  );
  return `(SELECT *, ${odd.join(', ')} FROM ${relation})`;
}

function measuresOf({ id }: MeasuredColumn): string[] {
  const text = `${id}::VARCHAR`;
  const having = (flaw: TextFlaw): string =>
    `count(*) FILTER (WHERE ${flawSql(`odd_${id}`, flaw)})`;
  return [
    `count(${id})`,
    `min(length(${text}))`,
    `max(length(${text}))`,
    `sum(length(${text}))`,
    having('padded'),
    having('blank'),
    having('broken'),
  ];
}

export type TextFlaw = 'padded' | 'blank' | 'broken';

const FLAWS: Readonly<Record<TextFlaw, RegExp>> = {
  padded: PADDED,
  blank: BLANK,
  broken: BROKEN,
};

/** The SQL that is true for text with a flaw, and unknown where there is none. */
export function flawSql(text: string, flaw: TextFlaw): string {
  return `regexp_matches(${text}, '${re2(FLAWS[flaw])}')`;
}

/** RE2 writes code points in another way. */
function re2({ source }: RegExp): string {
  return source.replace(/\\u([0-9A-F]{4})/g, '\\x{$1}');
}

function measureKnown(sample: ValueSample | undefined): TextMeasures {
  const entries = (sample?.entries ?? []).map(([value, count]) => ({
    text: String(value),
    length: Array.from(String(value)).length,
    count,
  }));
  const rowsOf = (pattern: RegExp): number =>
    entries.reduce((sum, { text, count }) => sum + (pattern.test(text) ? count : 0), 0);
  return {
    count: entries.reduce((sum, { count }) => sum + count, 0),
    minLength: entries.length === 0 ? 0 : Math.min(...entries.map(({ length }) => length)),
    maxLength: entries.reduce((most, { length }) => Math.max(most, length), 0),
    totalLength: entries.reduce((sum, { length, count }) => sum + length * count, 0),
    padded: rowsOf(PADDED),
    blank: rowsOf(BLANK),
    broken: rowsOf(BROKEN),
  };
}
