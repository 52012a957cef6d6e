import type { DuckDBConnection } from '@duckdb/node-api';
import {
  SAMPLE_CHARACTERS,
  SAMPLE_COLUMNS,
  SAMPLE_ROWS,
  type ChangedRow,
  type ColumnChanges,
  type SampleRow,
  type SampleValue,
} from '../../rowDiff/rowDiff';
import { DATA } from '../source';
import type { CommonColumn } from './diffColumns';
import { PAIRED, unmatchedOf, type Side } from './matchRows';

/** The first rows that only one version has. @param connection the one that has read this version */
export async function sampleUnmatched(
  connection: DuckDBConnection,
  side: Side,
  columns: readonly CommonColumn[],
): Promise<readonly SampleRow[]> {
  const values = columns.slice(0, SAMPLE_COLUMNS).map((column) => asText(column[side]));
  const reader = await connection.runAndReadAll(`
    SELECT place::DOUBLE, ${values.join(', ')} FROM (SELECT row_number() OVER () AS place, * FROM ${DATA})
    WHERE place IN (SELECT place FROM ${unmatchedOf(side)} ORDER BY place LIMIT ${SAMPLE_ROWS}) ORDER BY place`);
  const rows = reader.getRowsJS() as [number, ...SampleValue[]][];
  return rows.map(([row, ...texts]) => ({ row, values: texts }));
}

function changedOf(side: Side): string {
  return `${side}_changed`;
}

/** Keeps the values of changed rows where both connections see them. @param connection the one that has read this version */
export async function keepChanged(
  connection: DuckDBConnection,
  side: Side,
  columns: readonly CommonColumn[],
): Promise<void> {
  const values = columns.map((column, index) => `${column[side]} AS v${index}`);
  await connection.run(`CREATE TABLE ${changedOf(side)} AS
    SELECT place AS ${side}_row, ${values.join(', ')} FROM (SELECT row_number() OVER () AS place, * FROM ${DATA})
    WHERE place IN (SELECT ${side}_row FROM ${PAIRED} WHERE changed)`);
}

const CHANGED = `(SELECT * FROM ${PAIRED} WHERE changed) AS p
  JOIN ${changedOf('from')} AS f USING (from_row) JOIN ${changedOf('to')} AS t USING (to_row)`;

/** In how many of the changed rows each column differs. */
export async function countChanges(
  connection: DuckDBConnection,
  columns: readonly CommonColumn[],
): Promise<readonly ColumnChanges[]> {
  const counts = columns.map((_, index) => `count(*) FILTER (${differs(index)})::DOUBLE`);
  const reader = await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM ${CHANGED}`);
  const values = (reader.getRowsJS()[0] ?? []) as number[];
  return columns
    .map(({ name }, index) => ({ column: name, count: values[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

export async function sampleChanged(
  connection: DuckDBConnection,
  columns: readonly CommonColumn[],
  keys: readonly string[],
): Promise<readonly ChangedRow[]> {
  const fields = columns.flatMap((_, index) => [
    differs(index),
    asText(`f.v${index}`),
    asText(`t.v${index}`),
  ]);
  const reader = await connection.runAndReadAll(`
    SELECT from_row::DOUBLE, to_row::DOUBLE, ${fields.join(', ')} FROM ${CHANGED}
    ORDER BY to_row LIMIT ${SAMPLE_ROWS}`);
  type Field = boolean | SampleValue;
  const rows = reader.getRowsJS() as [number, number, ...Field[]][];
  return rows.map(([from, to, ...texts]) => {
    const values = columns.map(({ name }, index) => {
      const [differ, before, now] = texts.slice(3 * index, 3 * index + 3);
      return { column: name, differ, from: textOf(before), to: textOf(now) };
    });
    return {
      from,
      to,
      key: keys.map((key) => values.find(({ column }) => column === key)?.to ?? null),
      values: values
        .filter(({ differ }) => differ === true)
        .slice(0, SAMPLE_COLUMNS)
        .map(({ column, from: before, to: now }) => ({ column, from: before, to: now })),
    };
  });
}

function textOf(field: boolean | SampleValue | undefined): SampleValue {
  return typeof field === 'string' ? field : null;
}

function differs(index: number): string {
  return `f.v${index} IS DISTINCT FROM t.v${index}`;
}

function asText(value: string): string {
  return `left((${value})::VARCHAR, ${SAMPLE_CHARACTERS})`;
}
