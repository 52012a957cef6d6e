import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../../../base/escape';
import type { FailingRow, FailingRows, RowFilter } from '../../finding';
import type { DatasetFormat } from '../../../project/project';
import type { Database } from '../database';
import { hashOf } from '../facts/countRepeats';
import { DATA, type SourceColumn } from '../source';
import { conditionOf, type GroupFilter, type RowCondition } from './filterSql';
import { findLines, type RowPlace } from './findLines';

const MOST_ROWS = 20;
const LONGEST_VALUE = 200;

/** The rows of the relation in the order of the files: a window without an order numbers them as they are read. */
const NUMBERED = 'row_number() OVER () - 1 AS place';

/** Where rows are, from 0 on in the order of the files, and how many there are in all. */
interface Found {
  readonly places: readonly number[];
  readonly total: number;
}

const NONE: Found = { places: [], total: 0 };

/** For each filter some of its rows, with all their values and where they stand. */
export async function findRows(
  database: Database,
  columns: readonly SourceColumn[],
  {
    filters,
    format,
    limit,
  }: {
    readonly filters: readonly RowFilter[];
    readonly format: DatasetFormat;
    readonly limit: number;
  },
): Promise<readonly FailingRows[]> {
  const { connection } = database;
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(limit)));
  const found: Found[] = [];
  for (const filter of filters) {
    found.push(
      filter.kind === 'repeated' || filter.kind === 'conflicting'
        ? await findGroups(connection, filter, columns, most)
        : await findSingle(connection, filter, columns, most),
    );
  }
  const all = [...new Set(found.flatMap(({ places }) => places))].sort((a, b) => a - b);
  const values = await readValues(connection, columns, all);
  const lines = await findLines(database, format, all);
  const rowOf = (place: number): FailingRow => ({
    ...(lines.get(place) satisfies RowPlace | undefined),
    values: values.get(place) ?? [],
  });
  const names = columns.map(({ name }) => name);
  return found.map(({ places, total }) => ({ columns: names, rows: places.map(rowOf), total }));
}

async function findSingle(
  connection: DuckDBConnection,
  filter: Exclude<RowFilter, GroupFilter>,
  columns: readonly SourceColumn[],
  most: number,
): Promise<Found> {
  const condition = await conditionOf(filter, columns, connection);
  if (condition === undefined) return NONE;
  const relation = (more: string): string => `(SELECT ${selectOf(condition, more)} FROM ${DATA})`;
  const total = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE FROM ${relation('NULL')} WHERE ${condition.sql}`,
  );
  const listed = await connection.runAndReadAll(
    `SELECT ${PLACE}::DOUBLE FROM ${relation(NUMBERED.replace('place', PLACE))}
     WHERE ${condition.sql} ORDER BY ${PLACE} LIMIT ${most}`,
  );
  return {
    places: listed.getRowsJS().map(([place]) => Number(place)),
    total: Number(total.getRowsJS()[0]?.[0]),
  };
}

/** A name beside those of the columns that a rule names. */
const PLACE = '"ml-preflight/place"';

function selectOf({ columns }: RowCondition, more: string): string {
  return [...columns.map(({ column, as }) => `${column.id} AS ${quoteIdentifier(as)}`), more].join(
    ', ',
  );
}

/** Rows that belong together stand together, in the order of the first of each group. */
async function findGroups(
  connection: DuckDBConnection,
  filter: GroupFilter,
  columns: readonly SourceColumn[],
  most: number,
): Promise<Found> {
  const group = groupOf(filter, columns);
  if (group === undefined) return NONE;
  const { hash, known, other } = group;
  const having =
    other === undefined ? 'count(*) > 1' : `min(${other}) IS DISTINCT FROM max(${other})`;
  const rows = `(SELECT ${NUMBERED}, * FROM ${DATA})`;
  const reader = await connection.runAndReadAll(`
    WITH numbered AS (SELECT place, ${hash} AS h, ${other ?? 'NULL'} AS ${other ?? 'o'} FROM ${rows} WHERE ${known}),
      groups AS (SELECT h, min(place) AS first, count(*) AS n FROM numbered GROUP BY h HAVING ${having}),
      shown AS (SELECT h, first FROM groups ORDER BY first LIMIT ${most})
    SELECT place::DOUBLE, (SELECT sum(n) FROM groups)::DOUBLE FROM numbered JOIN shown USING (h)
    ORDER BY first, place LIMIT ${most}`);
  const found = reader.getRowsJS() as [number, number][];
  return { places: found.map(([place]) => place), total: found[0]?.[1] ?? 0 };
}

interface Group {
  /** What rows of a group have in common. */
  readonly hash: string;
  /** True for rows that can be in one. */
  readonly known: string;
  /** The column in which they differ. */
  readonly other?: string;
}

function groupOf(filter: GroupFilter, columns: readonly SourceColumn[]): Group | undefined {
  if (filter.kind === 'repeated') {
    const isAll = filter.columns.length === 0;
    const own = isAll ? columns : columns.filter(({ name }) => filter.columns.includes(name));
    if (own.length === 0 || own.length < filter.columns.length) return undefined;
    // A key that is missing repeats none; a whole row does.
    const known = isAll ? 'true' : own.map(({ id }) => `${id} IS NOT NULL`).join(' AND ');
    return { hash: hashOf(own), known };
  }
  const label = columns.find(({ name }) => name === filter.label);
  const left = new Set([filter.label, ...(filter.names ?? [])]);
  const features = columns.filter(({ name }) => !left.has(name));
  return label === undefined || features.length === 0
    ? undefined
    : { hash: hashOf(features), known: `${label.id} IS NOT NULL`, other: label.id };
}

async function readValues(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  places: readonly number[],
): Promise<ReadonlyMap<number, readonly (string | null)[]>> {
  if (places.length === 0) return new Map();
  const select = columns.map(({ id }) => `left(${id}::VARCHAR, ${LONGEST_VALUE})`);
  const reader = await connection.runAndReadAll(
    `SELECT place::DOUBLE, ${select.join(', ')} FROM (SELECT ${NUMBERED}, * FROM ${DATA})
     WHERE place IN (${places.join(', ')})`,
  );
  const rows = reader.getRowsJS() as [number, ...(string | null)[]][];
  return new Map(rows.map(([place, ...values]) => [place, values]));
}
