import type { DatasetFormat } from '../../project/project';
import { openArrow } from './arrowSource';
import { loadCsv } from './csvSource';
import type { Database } from './database';
import { openExcelSheet } from './excelSource';
import { loadImages } from './imageSource';
import { loadJson } from './jsonSource';
import { loadTables } from './loadTables';
import { openNumpy } from './numpySource';
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
      return loadTables(database, openArrow);
    case 'excel':
      return loadTables(database, openExcelSheet);
    case 'numpy':
      return loadTables(database, (file) => openNumpy(file, database.scratch));
    case 'images':
      return loadImages(database);
  }
}
