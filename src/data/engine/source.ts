import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceFile } from './engineProtocol';
import { DataError } from './dataError';
import { machineFailure } from './machineFailure';

/** The relation that every source makes; its columns are `c0`, `c1`, ... */
export const DATA = 'data';

/** One column of the relation. */
export interface SourceColumn {
  /** `c0`: the only name that SQL sees. */
  readonly id: string;
  /** The column's own name, hostile. */
  readonly name: string;
  /** DuckDB's name of its type. */
  readonly nativeType: string;
}

/** The columns of a query in order, with their types, without running it. */
export async function describeColumns(
  connection: DuckDBConnection,
  query: string,
): Promise<SourceColumn[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE ${query}`);
  const rows = reader.getRowsJS() as [name: string, nativeType: string][];
  return rows.map(([name, nativeType], index) => ({ id: `c${index}`, name, nativeType }));
}

/** What DuckDB says when a file is not what it should be, without its advice on settings and without its SQL. */
export function readFailure(file: SourceFile | undefined, error: unknown): DataError {
  const ofMachine = machineFailure(file, error);
  if (ofMachine !== undefined) return ofMachine;
  const text = error instanceof Error ? error.message : String(error);
  const [first = text] = text.replace(/^[A-Z][A-Za-z ]* Error: /, '').split('\n');
  const message = first.replaceAll(file?.path ?? '\0', file?.shown ?? '').slice(0, 300);
  return new DataError({
    code: 'data-unreadable',
    message: `The data cannot be read: ${message}`,
    ...(file === undefined ? {} : { file: file.shown }),
  });
}
