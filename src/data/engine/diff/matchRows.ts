import type { DuckDBConnection } from '@duckdb/node-api';
import { DATA } from '../source';
import type { CommonColumn } from './diffColumns';

/** The rows of each version: their place, a hash of their key (null where they have none) and one of all their values. */
export type Side = 'from' | 'to';

export function rowsOf(side: Side): string {
  return `${side}_rows`;
}

/** Rows that are one and the same by a key that each version has once: places and hashes of both. */
export const PAIRED = 'paired_rows';
/** Of each version, the rows that the other one does not have. */
export function unmatchedOf(side: Side): string {
  return `${side}_unmatched`;
}

export function hashRows(side: Side, columns: readonly CommonColumn[], keys: readonly string[]) {
  const values = columns.map((column) => column[side]);
  const key = columns.filter(({ name }) => keys.includes(name)).map((column) => column[side]);
  const known = key.map((value) => `${value} IS NOT NULL`).join(' AND ');
  const hash =
    key.length === 0 ? 'NULL::UBIGINT' : `CASE WHEN ${known} THEN hash(${key.join(', ')}) END`;
  return `CREATE TABLE ${rowsOf(side)} AS SELECT row_number() OVER () AS place, ${hash} AS key,
    hash(${values.join(', ')}) AS value FROM ${DATA}`;
}

export interface Matched {
  readonly from: number;
  readonly to: number;
  readonly changed: number;
  readonly same: number;
  readonly added: number;
  readonly removed: number;
  readonly keyless: { readonly from: number; readonly to: number };
}

/**
 * Finds each row again: by its key where that occurs once in both versions, else as a whole row. Of equal rows as many are
 * the same as both versions have; the last ones were added or removed.
 */
export async function matchRows(connection: DuckDBConnection): Promise<Matched> {
  const single = (side: Side): string =>
    `SELECT key, any_value(place) AS place, any_value(value) AS value FROM ${rowsOf(side)}
     WHERE key IS NOT NULL GROUP BY key HAVING count(*) = 1`;
  await connection.run(`CREATE TABLE ${PAIRED} AS
    SELECT f.place AS from_row, t.place AS to_row, f.value <> t.value AS changed
    FROM (${single('from')}) AS f JOIN (${single('to')}) AS t USING (key)`);
  for (const side of ['from', 'to'] as const) {
    await connection.run(`CREATE TEMP TABLE ${side}_rest AS
      SELECT place, value, row_number() OVER (PARTITION BY value ORDER BY place) AS nth FROM ${rowsOf(side)}
      WHERE place NOT IN (SELECT ${side}_row FROM ${PAIRED})`);
  }
  for (const [side, other] of [
    ['from', 'to'],
    ['to', 'from'],
  ] as const) {
    await connection.run(`CREATE TABLE ${unmatchedOf(side)} AS
      SELECT place FROM ${side}_rest ANTI JOIN ${other}_rest USING (value, nth)`);
  }
  return countMatched(connection);
}

async function countMatched(connection: DuckDBConnection): Promise<Matched> {
  const count = (relation: string, where = 'true'): string =>
    `(SELECT count(*) FROM ${relation} WHERE ${where})::DOUBLE`;
  const keyless = (side: Side): string =>
    count(
      `(SELECT count(*) OVER (PARTITION BY key) AS n, key FROM ${rowsOf(side)})`,
      'key IS NULL OR n > 1',
    );
  const reader = await connection.runAndReadAll(
    `SELECT ${[
      count(rowsOf('from')),
      count(rowsOf('to')),
      count(PAIRED, 'changed'),
      count(unmatchedOf('from')),
      count(unmatchedOf('to')),
      keyless('from'),
      keyless('to'),
    ].join(', ')}`,
  );
  type Row = [number, number, number, number, number, number, number];
  const [[from, to, changed, removed, added, keylessFrom, keylessTo]] = reader.getRowsJS() as [Row];
  const same = from - removed - changed;
  return { from, to, changed, same, added, removed, keyless: { from: keylessFrom, to: keylessTo } };
}
