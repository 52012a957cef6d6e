import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnType } from '../profile/profile';

/** A type that text can have, the most specific first, with the test that each of its values passes. */
interface TextType {
  readonly type: ColumnType;
  readonly nativeType: string;
  test(text: string): string;
  cast(text: string): string;
}

/** Numbers with leading zeros (postal codes) and with underscores stay text. */
const TEXT_TYPES: readonly TextType[] = [
  {
    type: 'boolean',
    nativeType: 'BOOLEAN',
    test: (text) => `lower(${text}) IN ('true', 'false')`,
    cast: (text) => `CAST(${text} AS BOOLEAN)`,
  },
  {
    type: 'integer',
    nativeType: 'BIGINT',
    test: (text) =>
      `CAST(TRY_CAST(${text} AS BIGINT) AS VARCHAR) IS NOT DISTINCT FROM trim(${text})`,
    cast: (text) => `CAST(${text} AS BIGINT)`,
  },
  {
    type: 'number',
    nativeType: 'DOUBLE',
    // By comparison, for regular expressions would take most of the time of reading a file.
    test: (text) =>
      `TRY_CAST(${text} AS DOUBLE) IS NOT NULL AND ${text} NOT BETWEEN '00' AND '0:'
       AND ${text} NOT BETWEEN '-00' AND '-0:' AND NOT contains(${text}, '_')`,
    cast: (text) => `CAST(${text} AS DOUBLE)`,
  },
  {
    type: 'date',
    nativeType: 'DATE',
    test: (text) =>
      `TRY_CAST(${text} AS DATE) IS NOT NULL AND regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`,
    cast: (text) => `CAST(${text} AS DATE)`,
  },
  {
    type: 'timestamp',
    nativeType: 'TIMESTAMP',
    test: (text) =>
      `TRY_CAST(${text} AS TIMESTAMP) IS NOT NULL AND regexp_matches(${text}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}')`,
    cast: (text) => `CAST(${text} AS TIMESTAMP)`,
  },
];

/** `1.234,5`: where semicolons separate the fields, commas can stand before the decimals. */
const COMMA_NUMBER: TextType = {
  type: 'number',
  nativeType: 'DOUBLE',
  test: (text) =>
    `regexp_full_match(${text}, '[-+]?([0-9]|[1-9][0-9]*|[1-9][0-9]{0,2}([.][0-9]{3})+)(,[0-9]+)?([eE][-+]?[0-9]+)?')`,
  cast: (text) => `CAST(replace(replace(${text}, '.', ''), ',', '.') AS DOUBLE)`,
};

/** The SQL that is true for text that is a value of a type; undefined where any text is, or none. */
export function testOfType(type: ColumnType, text: string): string | undefined {
  return TEXT_TYPES.find((each) => each.type === type)?.test(text);
}

/** Rows that are looked at first, only to rule types out. Where there are no more, they have decided. */
const PROBE_ROWS = 2000;

/**
 * The type of each column of the text table `raw` (`c0`, `c1`, ...): the most specific one that every value has.
 * A few rows rule most types out, and what is left is tested on all rows, so that the result is a property of the
 * values alone. A column without values stays text.
 */
export async function decideCsvTypes(
  connection: DuckDBConnection,
  columnCount: number,
  decimalComma = false,
): Promise<{ readonly types: readonly string[]; readonly expressions: readonly string[] }> {
  const types = decimalComma ? [...TEXT_TYPES, COMMA_NUMBER] : TEXT_TYPES;
  const counted = await connection.runAndReadAll('SELECT count(*)::DOUBLE FROM raw');
  const isShort = Number(counted.getRowsJS()[0]?.[0] ?? 0) <= PROBE_ROWS;
  const probed = await probeTypes(connection, columnCount, types);
  const possible = isShort
    ? probed.map((each) => each ?? [])
    : await keepPossible(
        connection,
        probed.map((each) => each ?? types),
      );
  const chosen = possible.map(([first]) => first);
  return {
    types: chosen.map((type) => type?.nativeType ?? 'VARCHAR'),
    expressions: chosen.map((type, index) => type?.cast(`c${index}`) ?? `c${index}`),
  };
}

/** Columns whose values are looked at one below the other: a test is then planned once, and not for each of them. */
const MOST_STACKED = 250;

/** For each column the types that all its values among the first rows have; undefined where it has no values there. */
async function probeTypes(
  connection: DuckDBConnection,
  columnCount: number,
  types: readonly TextType[],
): Promise<readonly (readonly TextType[] | undefined)[]> {
  const possible: (readonly TextType[] | undefined)[] = [];
  const tests = types.map((type) => `bool_and(${type.test('value')})`);
  for (let start = 0; start < columnCount; start += MOST_STACKED) {
    const indices = Array.from(
      { length: Math.min(MOST_STACKED, columnCount - start) },
      (_, index) => start + index,
    );
    const columns = indices.map((index) => `c${index}`).join(', ');
    const reader = await connection.runAndReadAll(`
      SELECT place, ${tests.join(', ')} FROM (
        SELECT unnest([${indices.join(', ')}]) AS place, unnest([${columns}]) AS value
        FROM (SELECT ${columns} FROM raw LIMIT ${PROBE_ROWS}))
      WHERE value IS NOT NULL GROUP BY place`);
    const passed = new Map(reader.getRowsJS().map(([place, ...each]) => [place, each]));
    for (const index of indices) {
      const results = passed.get(index);
      possible.push(results && types.filter((_, place) => results[place] === true));
    }
  }
  return possible;
}

/** More in one query take longer to plan than to compute; so would filters, for which CASE stands. */
const MOST_TESTS = 1000;

/** For each column those of its types that all its values have; none where it has no values. */
async function keepPossible(
  connection: DuckDBConnection,
  candidates: readonly (readonly TextType[])[],
): Promise<(readonly TextType[])[]> {
  const tests = candidates.flatMap((types, column) =>
    types.map((type) => {
      const text = `c${column}`;
      return `bool_and(CASE WHEN ${text} IS NOT NULL THEN ${type.test(text)} END)`;
    }),
  );
  const passed: unknown[] = [];
  for (let start = 0; start < tests.length; start += MOST_TESTS) {
    const some = tests.slice(start, start + MOST_TESTS).join(', ');
    const reader = await connection.runAndReadAll(`SELECT ${some} FROM raw`);
    passed.push(...(reader.getRowsJS()[0] ?? []));
  }
  let next = 0;
  return candidates.map((types) => types.filter(() => passed[next++] === true));
}
