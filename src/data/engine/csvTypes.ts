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

/** Rows that are looked at first, only to rule types out. */
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
  const all = Array.from({ length: columnCount }, () =>
    decimalComma ? [...TEXT_TYPES, COMMA_NUMBER] : TEXT_TYPES,
  );
  const probed = await keepPossible(
    connection,
    `(SELECT * FROM raw LIMIT ${PROBE_ROWS}) AS probe`,
    all,
  );
  const possible = await keepPossible(connection, 'raw', probed);
  const chosen = possible.map(([first]) => first);
  return {
    types: chosen.map((type) => type?.nativeType ?? 'VARCHAR'),
    expressions: chosen.map((type, index) => type?.cast(`c${index}`) ?? `c${index}`),
  };
}

/** More in one query take longer to plan than to compute; so would filters, for which CASE stands. */
const MOST_TESTS = 1000;

/** For each column the types that all its values in the relation have; none where it has no values there. */
async function keepPossible(
  connection: DuckDBConnection,
  relation: string,
  candidates: readonly (readonly TextType[])[],
): Promise<(readonly TextType[])[]> {
  const tests = candidates.flatMap((types, column) =>
    types.map((type) => {
      const text = `c${column}`;
      return `bool_and(CASE WHEN ${text} IS NOT NULL THEN ${type.test(text)} END)`;
    }),
  );
  if (tests.length === 0) return [...candidates];
  const passed: unknown[] = [];
  for (let start = 0; start < tests.length; start += MOST_TESTS) {
    const some = tests.slice(start, start + MOST_TESTS).join(', ');
    const reader = await connection.runAndReadAll(`SELECT ${some} FROM ${relation}`);
    passed.push(...(reader.getRowsJS()[0] ?? []));
  }
  const isProbe = relation !== 'raw';
  let next = 0;
  return candidates.map((types) =>
    types.filter(() => {
      const result = passed[next++];
      return result === true || (isProbe && result === null);
    }),
  );
}
