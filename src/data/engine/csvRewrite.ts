import type { CsvDialect } from './csvDialect';
import { readUnpacked, type Compression } from './compression';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';

/** Longer lines are none of a table. In characters. */
const LONGEST_LINE = 1 << 24;

/**
 * The text of a file as UTF-8 with line feeds only, and with comments as empty lines, so that lines keep their numbers.
 * Line breaks within quotes stay as they are.
 * @throws DataError where bytes do not fit the encoding, with their line
 */
export async function* rewriteCsv(
  file: SourceFile,
  dialect: CsvDialect,
  compression: Compression | undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(dialect.encoding, { fatal: true });
  const lines = new LineRewriter(dialect);
  for await (const bytes of readUnpacked(file.path, compression)) {
    yield lines.push(decode(() => decoder.decode(bytes, { stream: true }), file, lines, dialect));
    if (lines.waiting > LONGEST_LINE) throw longLine(file, lines.line);
  }
  const rest = decode(() => decoder.decode(), file, lines, dialect);
  yield lines.push(rest) + lines.end();
}

function decode(
  step: () => string,
  file: SourceFile,
  { line }: LineRewriter,
  { encoding }: CsvDialect,
): string {
  try {
    return step();
  } catch {
    throw new DataError({
      code: 'encoding-mixed',
      message: `The text begins as ${encoding.toUpperCase()}, but is not so from about here on.`,
      file: file.shown,
      line,
      fix: 'Save all of it as UTF-8.',
    });
  }
}

function longLine({ shown }: SourceFile, line: number): DataError {
  return new DataError({
    code: 'csv-invalid',
    message: 'This line is longer than 16 million characters.',
    file: shown,
    line,
    fix: 'Close the quote that is open here, or end the lines.',
  });
}

/** Goes over text line by line and knows whether a quote is open. */
class LineRewriter {
  /** 1-based, of what comes next. */
  line = 1;
  private rest = '';
  private inQuotes = false;
  private readonly quotes: RegExp;

  constructor(private readonly dialect: CsvDialect) {
    const { quote, escape } = dialect;
    this.quotes = escape === quote ? new RegExp(quote, 'g') : new RegExp(`\\\\[^]|${quote}`, 'g');
  }

  /** Characters that wait for the end of their line. */
  get waiting(): number {
    return this.rest.length;
  }

  push(text: string): string {
    const all = this.rest + text;
    const endings = /\r\n|\r(?=[^])|\n/g;
    let start = 0;
    let out = '';
    for (let match = endings.exec(all); match !== null; match = endings.exec(all)) {
      out += this.rewrite(all.slice(start, match.index), match[0]);
      start = endings.lastIndex;
    }
    this.rest = all.slice(start);
    return out;
  }

  end(): string {
    const last = this.rest.endsWith('\r') ? this.rest.slice(0, -1) : this.rest;
    return last === '' ? '' : this.rewrite(last, '\n');
  }

  private rewrite(line: string, ending: string): string {
    this.line++;
    if (!this.inQuotes && this.dialect.comment !== undefined && line.startsWith('#')) return '\n';
    const marks = line.includes(this.dialect.quote) ? (line.match(this.quotes) ?? []) : [];
    const open = marks.filter((mark) => mark.length === 1).length % 2 === 1;
    if (open) this.inQuotes = !this.inQuotes;
    return line + (this.inQuotes ? ending : '\n');
  }
}
