import { millisOfSerial } from './xlsxFormats';
import type { XlsxBook } from './xlsxBook';
import { MOST_CHARACTERS, stepThroughXml, XmlTextTooLong, type XmlListener } from './xlsxXml';

/** What a cell says; a time is milliseconds since 1970. Errors and empty cells are undefined. */
export type XlsxValue = number | string | boolean | { readonly millis: number } | undefined;

/** Bytes that the XML of a sheet may have: it is not held, but takes time. */
const MOST_SHEET = 4 * 2 ** 30;

/** The rows of a sheet that have a value, as they are unpacked. */
export async function* readRows(book: XlsxBook): AsyncGenerator<readonly XlsxValue[][]> {
  const entry = book.zip.entries.get(book.sheet);
  if (entry === undefined) return;
  const rows = new RowListener(book);
  for await (const _ of stepThroughXml(await book.zip.open(entry, MOST_SHEET), rows)) {
    if (rows.ready.length > 0) yield rows.ready.splice(0);
  }
}

class RowListener implements XmlListener {
  readonly ready: XlsxValue[][] = [];
  private row: XlsxValue[] = [];
  private cell: Readonly<Record<string, string>> = {};
  private column = -1;
  private value = '';
  private listens = false;

  constructor(private readonly book: XlsxBook) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.row = [];
      this.column = -1;
    } else if (name === 'c') {
      this.cell = attributes;
      this.value = '';
      this.column = columnOf(attributes['r']) ?? this.column + 1;
    } else if (name === 'v' || name === 't') this.listens = true;
    else if (name === 'rPh') this.listens = false;
  }

  text(text: string): void {
    if (!this.listens) return;
    this.value += text;
    if (this.value.length > MOST_CHARACTERS) throw new XmlTextTooLong(this.place());
  }

  place(): string {
    return `cell ${this.cell['r'] ?? '(without a name)'} in ${this.book.sheet}`;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.listens = false;
    else if (name === 'c') this.row[this.column] = this.read();
    else if (name === 'row' && this.row.some((value) => value !== undefined)) {
      this.ready.push(Array.from(this.row));
    }
  }

  private read(): XlsxValue {
    const { value, cell } = this;
    if (value === '') return undefined;
    switch (cell['t'] ?? 'n') {
      case 's':
        return this.book.texts[Number(value)];
      case 'str':
      case 'inlineStr':
        return value;
      case 'b':
        return value === '1';
      case 'e':
        return undefined;
      case 'd':
        return { millis: Date.parse(value.endsWith('Z') ? value : `${value}Z`) };
      default:
        return this.readNumber(Number(value));
    }
  }

  private readNumber(value: number): XlsxValue {
    if (!Number.isFinite(value)) return undefined;
    const isDate = this.book.isDateStyle[Number(this.cell['s'])] === true;
    return isDate ? { millis: millisOfSerial(value, this.book.from1904) } : value;
  }
}

/** The columns of a sheet end at XFD. */
const MOST_COLUMNS = 16_384;

/** The 0-based column of `AB12`. */
function columnOf(reference = ''): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return Math.min(column, MOST_COLUMNS) - 1;
}
