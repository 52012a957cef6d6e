import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** The most rows of a chunk: DuckDB's vectors have so many values. */
export const CHUNK_ROWS = duckdb.vector_size();

/** More columns than this in one query take longer to plan than to compute. */
export const MOST_COLUMNS = 200;

/** The values of some rows of one column. What is at a place without a value is not defined. */
export interface NumberChunk {
  readonly values: Float64Array;
  /** A bit for each row, from the lowest of each byte: whether there is a value; undefined where all have one. */
  readonly validity: Uint8Array | undefined;
}

/**
 * Reads at most `MOST_COLUMNS` expressions over a relation as doubles, in the order of its rows. The memory of a chunk
 * belongs to DuckDB and is read where it is: through objects, the values would take ten times as long.
 */
export async function streamNumbers(
  connection: DuckDBConnection,
  relation: string,
  expressions: readonly string[],
  visit: (expression: number, chunk: NumberChunk) => void,
): Promise<void> {
  const select = expressions.map((expression) => `(${expression})::DOUBLE`).join(', ');
  await visitNumbers(await connection.stream(`SELECT ${select} FROM ${relation}`), visit);
}

/** The columns of a result, which are all doubles, chunk by chunk. */
export async function visitNumbers(
  result: DuckDBResult,
  visit: (column: number, chunk: NumberChunk) => void,
): Promise<void> {
  // While one chunk is looked at, the next one is made.
  let next = result.fetchChunk();
  for (let chunk = await next; chunk !== null && chunk.rowCount > 0; chunk = await next) {
    next = result.fetchChunk();
    // Awaited above; where looking at this chunk throws, nobody would.
    next.catch(() => undefined);
    for (let column = 0; column < result.columnCount; column++)
      visit(column, readColumn(chunk, column));
  }
}

function readColumn({ chunk, rowCount }: DuckDBDataChunk, column: number): NumberChunk {
  const vector = duckdb.data_chunk_get_vector(chunk, column);
  const data = duckdb.vector_get_data(vector, rowCount * Float64Array.BYTES_PER_ELEMENT);
  const validity: Uint8Array | null = duckdb.vector_get_validity(
    vector,
    Math.ceil(rowCount / 64) * 8,
  );
  return {
    values: new Float64Array(data.buffer, data.byteOffset, rowCount),
    validity: validity ?? undefined,
  };
}
