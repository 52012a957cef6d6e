import type { PreparedCsv } from './csvFile';
import { DataError } from './dataError';
import { notUnpacked, notUtf8 } from './inspectFile';
import { machineFailure } from './machineFailure';
import { readFailure } from './source';

/** Whether DuckDB stumbled over line endings that begin to differ far below, which a copy does not have. */
export function isOddLineEnding({ isCopy }: PreparedCsv, error: unknown): boolean {
  return !isCopy && String(error).includes('invalid state');
}

/** DuckDB's message tells the line; its advice is about its own settings. */
export function explainCsvFailure({ file, compression }: PreparedCsv, error: unknown): DataError {
  const ofMachine = machineFailure(file, error);
  if (ofMachine !== undefined) return ofMachine;
  const text = error instanceof Error ? error.message : String(error);
  const line = Number(/CSV Error on Line: (\d+)/.exec(text)?.[1] ?? Number.NaN);
  const where = Number.isNaN(line) ? {} : { line };
  if (text.includes('Invalid unicode')) return notUtf8(file, where.line);
  if (compression !== undefined && /gzip|zstd|decompress/i.test(text))
    return notUnpacked(file, compression, 'the data ends early or is damaged');
  const widths = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  const invalid = (message: string, fix: string) =>
    new DataError({ code: 'csv-invalid', message, file: file.shown, ...where, fix });
  if (widths !== null) {
    return invalid(
      `This row has ${widths[2]} fields, but the header has ${widths[1]}.`,
      'Quote fields that hold the delimiter, or complete the row.',
    );
  }
  if (text.includes('unterminated quote')) {
    return invalid('A quote is opened here and not closed.', 'Write a quote within a field twice.');
  }
  if (text.includes('invalid state')) {
    return invalid(
      'The line endings or the quotes of this file are not those of a CSV file.',
      'End every line in the same way and quote by RFC 4180.',
    );
  }
  return readFailure(file, error);
}
