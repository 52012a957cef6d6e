import type { DuckDBConnection } from '@duckdb/node-api';
import {
  SAMPLE_COLUMNS,
  SAMPLE_ROWS,
  type ChangedRow,
  type ChangedValue,
  type ColumnChanges,
  type SampleValue,
} from '../../rowDiff/rowDiff';
import { DATA } from '../source';
import type { CommonColumn } from './diffColumns';
import { PAIRED, type Side } from './matchRows';
import { asText } from './sampleRows';

/** Columns that are held at the same time: each takes memory however few rows there are. */
const CHUNK = 500;

/** The connections that have read each version. */
export interface Connections {
  readonly from: DuckDBConnection;
  readonly to: DuckDBConnection;
}

export interface Changes {
  /** Of the columns in which changed rows differ, the one with the most changes first. */
  readonly changes: readonly ColumnChanges[];
  /** The first changed rows. */
  readonly rows: readonly ChangedRow[];
}

/** What changed in the rows that have the same key and other values. */
export async function compareChanged(
  connections: Connections,
  columns: readonly CommonColumn[],
  keys: readonly string[],
): Promise<Changes> {
  const changes: ColumnChanges[] = [];
  const rows: SampledRow[] = [];
  for (let start = 0; start < columns.length; start += CHUNK) {
    const chunk = columns.slice(start, start + CHUNK);
    for (const side of ['from', 'to'] as const) await keepChanged(connections[side], side, chunk);
    const counted = await countChanges(connections.to, chunk);
    changes.push(...counted);
    const wanted = new Set([...keys, ...counted.map(({ column }) => column)]);
    const sampled = await sampleChanged(connections.to, chunk, wanted);
    if (start === 0) rows.push(...sampled);
    // The same rows in the same order.
    else for (const [index, row] of sampled.entries()) rows[index]?.values.push(...row.values);
    await connections.to.run(`DROP TABLE ${changedOf('from')}; DROP TABLE ${changedOf('to')}`);
  }
  return {
    changes: changes.sort((a, b) => b.count - a.count),
    rows: rows.map((row) => finishRow(row, keys)),
  };
}

function changedOf(side: Side): string {
  return `${side}_changed`;
}

/** Keeps the values of changed rows where both connections see them. */
async function keepChanged(
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
async function countChanges(
  connection: DuckDBConnection,
  columns: readonly CommonColumn[],
): Promise<readonly ColumnChanges[]> {
  const counts = columns.map((_, index) => `count(*) FILTER (${differs(index)})::DOUBLE`);
  const reader = await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM ${CHANGED}`);
  const values = (reader.getRowsJS()[0] ?? []) as number[];
  return columns
    .map(({ name }, index) => ({ column: name, count: values[index] ?? 0 }))
    .filter(({ count }) => count > 0);
}

interface SampledRow {
  readonly from: number;
  readonly to: number;
  readonly values: (ChangedValue & { readonly differs: boolean })[];
}

async function sampleChanged(
  connection: DuckDBConnection,
  columns: readonly CommonColumn[],
  wanted: ReadonlySet<string>,
): Promise<readonly SampledRow[]> {
  const shown = columns.flatMap(({ name }, index) => (wanted.has(name) ? [{ name, index }] : []));
  const fields = shown.flatMap(({ index }) => [
    differs(index),
    asText(`f.v${index}`),
    asText(`t.v${index}`),
  ]);
  const reader = await connection.runAndReadAll(`
    SELECT ${['from_row::DOUBLE', 'to_row::DOUBLE', ...fields].join(', ')} FROM ${CHANGED}
    WHERE to_row IN (SELECT to_row FROM ${PAIRED} WHERE changed ORDER BY to_row LIMIT ${SAMPLE_ROWS})
    ORDER BY to_row`);
  type Field = boolean | SampleValue;
  const rows = reader.getRowsJS() as [number, number, ...Field[]][];
  return rows.map(([from, to, ...texts]) => ({
    from,
    to,
    values: shown.map(({ name }, place) => {
      const [differ, before, now] = texts.slice(3 * place, 3 * place + 3);
      return { column: name, differs: differ === true, from: textOf(before), to: textOf(now) };
    }),
  }));
}

function finishRow({ from, to, values }: SampledRow, keys: readonly string[]): ChangedRow {
  return {
    from,
    to,
    key: keys.map((key) => values.find(({ column }) => column === key)?.to ?? null),
    values: values
      .filter((value) => value.differs)
      .slice(0, SAMPLE_COLUMNS)
      .map(({ column, from: before, to: now }) => ({ column, from: before, to: now })),
  };
}

function textOf(field: boolean | SampleValue | undefined): SampleValue {
  return typeof field === 'string' ? field : null;
}

function differs(index: number): string {
  return `f.v${index} IS DISTINCT FROM t.v${index}`;
}
