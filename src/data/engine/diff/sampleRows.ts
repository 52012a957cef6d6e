import type { DuckDBConnection } from '@duckdb/node-api';
import {
  SAMPLE_CHARACTERS,
  SAMPLE_COLUMNS,
  SAMPLE_ROWS,
  type SampleRow,
  type SampleValue,
} from '../../rowDiff/rowDiff';
import { DATA } from '../source';
import type { CommonColumn } from './diffColumns';
import { unmatchedOf, type Side } from './matchRows';

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

export function asText(value: string): string {
  return `left((${value})::VARCHAR, ${SAMPLE_CHARACTERS})`;
}
