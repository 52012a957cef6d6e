import type { DatasetFormat } from '../../../project/project';
import { readUnpacked } from '../compression';
import { describeDialect, type CsvDialect } from '../csvDialect';
import type { SourceFile } from '../engineProtocol';
import { inspectFile } from '../inspectFile';

/** The 1-based line that each row of a text file begins in, in their order. */
export async function* linesOfRecords(
  file: SourceFile,
  format: DatasetFormat,
): AsyncGenerator<number> {
  const { bytes, wholeFile, compression, encoding = 'utf-8' } = await inspectFile(file, format);
  if (format === 'jsonl') {
    for await (const [number, text] of textLines(file, compression, encoding))
      if (text.trim() !== '') yield number;
    return;
  }
  const dialect = describeDialect(bytes, wholeFile);
  if (dialect === undefined) return;
  const reader = new RecordReader(dialect);
  for await (const [number, text] of textLines(file, compression, dialect.encoding))
    if (reader.begins(number, text)) yield number;
}

type Compression = Parameters<typeof readUnpacked>[1];

async function* textLines(
  { path }: SourceFile,
  compression: Compression,
  encoding: string,
): AsyncGenerator<readonly [number: number, text: string]> {
  const decoder = new TextDecoder(encoding);
  let number = 1;
  let rest = '';
  for await (const bytes of readUnpacked(path, compression)) {
    rest += decoder.decode(bytes, { stream: true });
    // A carriage return at the end may be half of a line ending.
    const whole = rest.split(/\r\n|\r(?=[^])|\n/);
    rest = whole.pop() ?? '';
    for (const text of whole) yield [number++, text];
  }
  rest += decoder.decode();
  const last = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
  if (last !== '') yield [number, last];
}

/** Goes through the lines of a CSV file and knows which of them begin a row: a quoted field may have several lines. */
class RecordReader {
  private isOpen = false;
  private isHeaderDue: boolean;

  constructor(private readonly dialect: CsvDialect) {
    this.isHeaderDue = dialect.header;
  }

  begins(number: number, text: string): boolean {
    const { firstLine, comment, quote, fields } = this.dialect;
    if (number < firstLine) return false;
    const begins = !this.isOpen;
    if (begins && comment !== undefined && text.startsWith(comment)) return false;
    // An empty line is a missing value where there is one column, else nothing.
    if (begins && text === '' && (fields.length > 1 || comment !== undefined)) return false;
    if (this.isOpen || text.includes(quote)) this.isOpen = this.endsOpen(text);
    if (!begins) return false;
    if (!this.isHeaderDue) return true;
    this.isHeaderDue = false;
    return false;
  }

  /** Whether a quoted field goes on in the next line. A quote begins one only at the beginning of a field. */
  private endsOpen(text: string): boolean {
    const { quote, escape, delimiter } = this.dialect;
    let isOpen = this.isOpen;
    let atStart = true;
    for (let index = 0; index < text.length; index++) {
      const character = text[index];
      if (!isOpen) {
        isOpen = atStart && character === quote;
        atStart = character === delimiter;
      } else if (character === escape && (escape !== quote || text[index + 1] === quote)) {
        index++;
      } else if (character === quote) {
        isOpen = false;
      }
    }
    return isOpen;
  }
}
