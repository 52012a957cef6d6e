import type { DatasetFormat } from '../../project/project';
import { loadCsv } from './csvSource';
import type { Database } from './database';
import { loadJson } from './jsonSource';
import { openParquet } from './parquetSource';
import type { SourceColumn } from './source';

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
    case 'arrow':
    case 'sqlite':
    case 'excel':
    case 'numpy':
    case 'images':
      throw new Error(`not yet: ${format}`);
  }
}
