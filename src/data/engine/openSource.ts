import type { DatasetFormat } from '../../project/project';
import { loadCsv } from './csvSource';
import type { Database } from './database';
import { loadJson } from './jsonSource';
import { loadTables } from './loadTables';
import { openParquet } from './parquetSource';
import type { SourceColumn } from './source';
import { openSqliteTable } from './sqliteSource';

/** Reads the files into the relation `data`. @throws DataError */
export function openSource(
  database: Database,
  format: DatasetFormat,
): Promise<readonly SourceColumn[]> {
  switch (format) {
    case 'csv':
    case 'tsv':
      return loadCsv(database, format);
    case 'json':
    case 'jsonl':
      return loadJson(database, format);
    case 'parquet':
      return openParquet(database);
    case 'sqlite':
      return loadTables(database, openSqliteTable);
    case 'arrow':
    case 'excel':
    case 'numpy':
    case 'images':
      throw new Error(`not yet: ${format}`);
  }
}
