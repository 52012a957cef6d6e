import { quoteLiteral } from '../../base/escape';
import type { Compression } from './compression';
import { describeDialect, type CsvDialect } from './csvDialect';
import { rewriteCsv } from './csvRewrite';
import type { Database } from './database';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';
import { inspectFile, notUnpacked } from './inspectFile';
import { writeScratch } from './scratch';
import { uniqueNames } from './uniqueNames';

/** One file as DuckDB can read it: itself, or a copy as UTF-8 with line feeds only. */
export interface PreparedCsv {
  /** As the dataset has it: what problems name. */
  readonly file: SourceFile;
  /** What DuckDB reads. */
  readonly path: string;
  readonly isCopy: boolean;
  readonly compression?: Compression;
  readonly dialect: CsvDialect;
  /** Unique; `column0`, … where the file has no header. */
  readonly columns: readonly string[];
}

/** What pandas reads as missing, so that the profile sees what the training will see. */
export const NULL_WORDS =
  ',#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,n/a,nan,null'.split(
    ',',
  );

/** @throws DataError for what is no CSV file by its beginning */
export async function prepareCsv(
  database: Database,
  file: SourceFile,
  format: 'csv' | 'tsv',
): Promise<PreparedCsv> {
  const { bytes, wholeFile, compression } = await inspectFile(file, format);
  const dialect = describeDialect(bytes, wholeFile);
  if (dialect === undefined) {
    throw new DataError({
      code: 'csv-invalid',
      message: 'The first line has no column names.',
      file: file.shown,
      line: 1,
      fix: 'Write the names of the columns into the first line.',
    });
  }
  const { header, fields } = dialect;
  const prepared: PreparedCsv = {
    file,
    path: file.path,
    isCopy: false,
    ...(compression && { compression }),
    dialect,
    columns: header ? uniqueNames(fields) : fields.map((_, index) => `column${index}`),
  };
  const isPlain =
    dialect.encoding === 'utf-8' &&
    /^(?:lf|crlf)$/.test(dialect.lineEnding) &&
    dialect.comment === undefined;
  return isPlain ? prepared : copyCsv(database, prepared);
}

/** The same with a copy that any reader takes. @throws DataError */
export async function copyCsv(database: Database, prepared: PreparedCsv): Promise<PreparedCsv> {
  const { file, dialect, compression } = prepared;
  try {
    const chunks = rewriteCsv(file, dialect, compression);
    const path = await writeScratch(database.scratch, file, chunks);
    const { compression: _compression, ...rest } = prepared;
    return { ...rest, path, isCopy: true };
  } catch (error) {
    if (error instanceof DataError || compression === undefined) throw error;
    throw notUnpacked(file, compression, error);
  }
}

/** The file as a relation of text columns of these names, in the order of the file. */
export function readCsvSql(
  { path, dialect, compression }: PreparedCsv,
  ids: readonly string[],
): string {
  const { delimiter, quote, escape, header, firstLine } = dialect;
  const columns = ids.map((id) => `${id}: 'VARCHAR'`).join(', ');
  const skip = firstLine === 1 ? '' : `skip = ${firstLine - 1},`;
  return `read_csv(${quoteLiteral(path)}, columns = {${columns}}, auto_detect = false,
    header = ${header}, ${skip} compression = '${compression ?? 'none'}',
    delim = ${quoteLiteral(delimiter)}, quote = ${quoteLiteral(quote)}, escape = ${quoteLiteral(escape)},
    strict_mode = true, null_padding = false, encoding = 'utf-8', hive_partitioning = false,
    max_line_size = 16777216, buffer_size = 33554432, nullstr = [${NULL_WORDS.map(quoteLiteral).join(', ')}])`;
}
