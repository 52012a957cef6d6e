import type { DuckDBDateValue, DuckDBTimestampValue } from '@duckdb/node-api';
import type { SourceFile } from './engineProtocol';

/** A value as DuckDB takes it. */
export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | DuckDBDateValue
  | DuckDBTimestampValue;

/** What the values of a column are written as. */
export type CellType =
  | 'BOOLEAN'
  | 'BIGINT'
  | 'UBIGINT'
  | 'DOUBLE'
  | 'DATE'
  | 'TIMESTAMP'
  | 'VARCHAR';

export interface ReaderColumn {
  /** Hostile; may occur twice. */
  readonly name: string;
  readonly type: CellType;
  /** Where the values stand for something else: `LIST`, of which only the text is kept. */
  readonly nativeType?: string;
}

/** One opened file whose rows are read by this program and not by DuckDB. */
export interface TableReader {
  readonly columns: readonly ReaderColumn[];
  /** Rows in groups of any size; each has as many cells as there are columns. */
  batches(): AsyncIterable<readonly (readonly Cell[])[]>;
  close(): Promise<void> | void;
}

/** @throws DataError for what cannot be read, with the file */
export type OpenTable = (file: SourceFile) => Promise<TableReader>;
