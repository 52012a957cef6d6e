import { DuckDBDateValue } from '@duckdb/node-api';
import { NULL_WORDS } from './csvFile';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';
import { problem, readEnds, requireSign } from './inspectFile';
import type { Cell, CellType, ReaderColumn, TableReader } from './tableReader';
import { openBook, type XlsxBook } from './xlsxBook';
import { dayOf, isWholeDay, timestampOf } from './xlsxFormats';
import { readRows, type XlsxValue } from './xlsxRows';
import { XmlTextTooLong } from './xlsxXml';

const MISSING = new Set(NULL_WORDS);

/**
 * One sheet of a workbook: the one that is meant, or the first. Its first row that has a value is the header. It is read
 * twice, for the types of all values and for the values.
 * @throws DataError
 */
export async function openExcelSheet(file: SourceFile): Promise<TableReader> {
  const { bytes } = await readEnds(file);
  if (bytes.subarray(0, 4).toString('latin1') === '\xd0\xcf\x11\xe0') {
    throw problem(
      file,
      'xls-unsupported',
      'This is a workbook of Excel 2003 or older, or one with a password.',
      'Save it as .xlsx, without a password.',
    );
  }
  requireSign(file, bytes, 'PK\x03\x04', 'an Excel workbook');
  let book: XlsxBook | undefined;
  try {
    book = await openBook(file);
    const columns = await describeSheet(file, book);
    return new ExcelSheet(book, columns);
  } catch (error) {
    book?.zip.close();
    if (error instanceof DataError) throw error;
    if (error instanceof XmlTextTooLong) throw tooLong(file, error);
    throw problem(
      file,
      'excel-invalid',
      `This workbook is damaged: ${error instanceof Error ? error.message : String(error)}.`,
      'Save it again.',
    );
  }
}

function tooLong(file: SourceFile, { place }: XmlTextTooLong) {
  return problem(
    file,
    'excel-text-too-long',
    `The text of ${place} is longer than 16 MiB, which no Excel writes.`,
    'Write the data as Parquet, or remove this text.',
  );
}

async function describeSheet(file: SourceFile, book: XlsxBook): Promise<readonly ReaderColumn[]> {
  let header: readonly XlsxValue[] | undefined;
  const kinds: Set<CellType>[] = [];
  for await (const rows of readRows(book)) {
    for (const row of rows) {
      if (header === undefined) {
        header = row;
        continue;
      }
      for (const [index, value] of row.entries()) {
        const kind = kindOf(value);
        if (kind !== undefined) (kinds[index] ??= new Set()).add(kind);
      }
    }
  }
  if (header === undefined) {
    throw problem(
      file,
      'data-empty',
      'This sheet is empty.',
      'Name another sheet in preflight.yaml.',
    );
  }
  const width = Math.max(header.length, kinds.length);
  return Array.from({ length: width }, (_, index) => ({
    name: nameOf(header[index]),
    type: commonKind(kinds[index] ?? new Set()),
  }));
}

function nameOf(value: XlsxValue): string {
  if (value === undefined) return '';
  return typeof value === 'object'
    ? new Date(value.millis).toISOString().slice(0, 10)
    : String(value);
}

function kindOf(value: XlsxValue): CellType | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'object') return isWholeDay(value.millis) ? 'DATE' : 'TIMESTAMP';
  if (typeof value === 'string') return MISSING.has(value) ? undefined : 'VARCHAR';
  if (typeof value === 'boolean') return 'BOOLEAN';
  return Number.isSafeInteger(value) ? 'BIGINT' : 'DOUBLE';
}

function commonKind(kinds: ReadonlySet<CellType>): CellType {
  const [only, another] = kinds;
  if (only !== undefined && another === undefined) return only;
  const all = (...types: readonly CellType[]) =>
    kinds.size > 0 && [...kinds].every((kind) => types.includes(kind));
  if (all('BIGINT', 'DOUBLE')) return 'DOUBLE';
  return all('DATE', 'TIMESTAMP') ? 'TIMESTAMP' : 'VARCHAR';
}

class ExcelSheet implements TableReader {
  constructor(
    private readonly book: XlsxBook,
    readonly columns: readonly ReaderColumn[],
  ) {}

  async *batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
    let isHeader = true;
    for await (const rows of readRows(this.book)) {
      yield rows
        .slice(isHeader ? 1 : 0)
        .map((row) => this.columns.map(({ type }, index) => toCell(row[index], type)));
      isHeader = false;
    }
  }

  close(): void {
    this.book.zip.close();
  }
}

function toCell(value: XlsxValue, type: CellType): Cell {
  if (kindOf(value) === undefined || value === undefined) return null;
  if (typeof value === 'object') {
    if (type === 'DATE') return new DuckDBDateValue(dayOf(value.millis));
    if (type === 'TIMESTAMP') return timestampOf(value.millis);
    return new Date(value.millis).toISOString().slice(0, 19).replace('T', ' ');
  }
  if (type === 'BIGINT') return BigInt(value);
  return type === 'VARCHAR' ? String(value) : value;
}
