import type { TextEncodingName } from './textEncoding';
import { detectEncoding } from './textEncoding';

/** How a CSV file is written. All of it is read from the beginning, so that no row below changes how it is read. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  /** What stands before a quote within a quoted field: the quote itself (RFC 4180), or a backslash. */
  readonly escape: string;
  readonly lineEnding: 'lf' | 'crlf' | 'cr' | 'mixed';
  /** Whether the text begins with a byte order mark. */
  readonly bom: boolean;
  readonly encoding: TextEncodingName;
  /** 1-based: where the header is, or the first row where there is none. */
  readonly firstLine: number;
  /** False where the first line holds values already. */
  readonly header: boolean;
  /** What a line that is no data begins with. */
  readonly comment?: '#';
  /** The fields of the first line. */
  readonly fields: readonly string[];
}

const USUAL = [',', ';', '\t', '|'];
const UNUSUAL = ['^', '~', ':'];
/** Lines that an unusual delimiter has to be in. */
const LOOKED_AT = 10;

/**
 * The dialect of a file from its first bytes.
 * @param wholeFile whether these are all of its bytes
 * @returns undefined where there is no first line, it does not end, or its encoding cannot be told
 */
export function describeDialect(head: Buffer, wholeFile: boolean): CsvDialect | undefined {
  const detected = detectEncoding(head);
  if ('misfitLine' in detected) return undefined;
  const text = new TextDecoder(detected.encoding).decode(head, { stream: !wholeFile });
  const quoted = describeQuotes(text);
  const lines = firstLines(text, quoted, wholeFile);
  const start = findFirstLine(lines, quoted.quote);
  const record = lines[start.index];
  if (record === undefined || record.trim() === '') return undefined;
  const delimiter = chooseDelimiter(record, lines.slice(start.index + 1), quoted.quote);
  const fields = splitRecord(record, delimiter, quoted);
  return {
    delimiter,
    ...quoted,
    lineEnding: describeLineEnding(text, quoted.quote),
    ...detected,
    firstLine: countLines(lines.slice(0, start.index)) + 1,
    header: !areValues(fields),
    ...(start.comment && { comment: '#' }),
    fields,
  };
}

interface Quoting {
  readonly quote: '"' | "'";
  readonly escape: string;
}

/** Apostrophes quote only where whole fields of the first line stand in them, and nothing in double quotes. */
function describeQuotes(text: string): Quoting {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const isSingle = !first.includes('"') && /(?:^|[,;\t|])'[^']*'(?=[,;\t|]|$)/.test(first);
  const quote = isSingle ? "'" : '"';
  // A backslash before the end of a field is the last character of a path.
  const escaped = quote === '"' ? /\\"(?![,;\t|\r\n]|$)/ : /\\'(?![,;\t|\r\n]|$)/;
  const doubled = quote === '"' ? /[^,;\t|\r\n]""[^,;\t|\r\n]/ : /[^,;\t|\r\n]''[^,;\t|\r\n]/;
  return { quote, escape: escaped.test(text) && !doubled.test(text) ? '\\' : quote };
}

/** Written so that no text takes more than one look at each character. */
function quotedField(quote: string, escape: string): string {
  const pair = escape === quote ? `${quote}${quote}` : `\\\\[^]`;
  const other = escape === quote ? `[^${quote}]*` : `[^${quote}\\\\]*`;
  return `${quote}${other}(?:${pair}${other})*${quote}`;
}

/** The first records, up to line breaks outside quotes; what does not end in the text is left out. */
function firstLines(text: string, { quote, escape }: Quoting, wholeFile: boolean): string[] {
  const plain = `[^${quote}\\r\\n]*`;
  const quoted = quotedField(quote, escape);
  const record = new RegExp(
    `(?:#[^\\r\\n]*|${plain}(?:${quoted}${plain})*)(\\r\\n|[\\r\\n]|$)`,
    'y',
  );
  const lines: string[] = [];
  while (lines.length < LOOKED_AT + MOST_COMMENTS && record.lastIndex < text.length) {
    const match = record.exec(text);
    const [whole, ending] = match ?? [];
    if (whole === undefined || (ending === '' && !wholeFile)) break;
    lines.push(whole.slice(0, whole.length - (ending ?? '').length));
  }
  return lines;
}

const MOST_COMMENTS = 100;

/**
 * Lines that begin with `#` are comments, but the last of them is the header where it has as many fields as the first
 * row (`#CHROM` of a VCF file).
 */
function findFirstLine(
  lines: readonly string[],
  quote: string,
): { readonly index: number; readonly comment: boolean } {
  const row = lines.findIndex((line) => !line.startsWith('#'));
  if (row <= 0) return { index: 0, comment: false };
  const header = lines[row - 1] ?? '';
  const delimiter = chooseDelimiter(header, lines.slice(row), quote);
  const width = count(header, delimiter, quote);
  const isHeader = width > 0 && width === count(lines[row] ?? '', delimiter, quote);
  return isHeader ? { index: row - 1, comment: false } : { index: row, comment: true };
}

/** The usual one that occurs most often outside quotes; another only where it is as often in the rows below. */
function chooseDelimiter(line: string, below: readonly string[], quote: string): string {
  const best = USUAL.reduce((most, next) =>
    count(line, next, quote) > count(line, most, quote) ? next : most,
  );
  if (count(line, best, quote) > 0) return best;
  const rows = below.filter((row) => row !== '').slice(0, LOOKED_AT);
  const evident = UNUSUAL.find((each) => {
    const times = count(line, each, quote);
    return times > 0 && rows.length > 0 && rows.every((row) => count(row, each, quote) === times);
  });
  return evident ?? best;
}

function count(line: string, character: string, quote: string): number {
  const unquoted = line.replace(quote === '"' ? /"[^"]*"/g : /'[^']*'/g, '');
  return unquoted.split(character).length - 1;
}

function splitRecord(line: string, delimiter: string, { quote, escape }: Quoting): string[] {
  const field = new RegExp(`^${quotedField(quote, escape)}`);
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = field.exec(rest);
    const end = rest.indexOf(delimiter, quoted?.[0].length ?? 0);
    const plain = end < 0 ? rest : rest.slice(0, end);
    fields.push(
      quoted === null ? plain : quoted[0].slice(1, -1).replaceAll(`${escape}${quote}`, quote),
    );
    if (end < 0) return fields;
    rest = rest.slice(end + 1);
  }
}

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;
const WHOLE = /^\s*\d+\s*$/;

/**
 * Whether the first line is a row: all of it numbers, and one of them with a sign or a fraction, or one that occurs
 * twice. Years and other whole numbers that differ can be names.
 */
function areValues(fields: readonly string[]): boolean {
  if (!fields.every((field) => NUMBER.test(field))) return false;
  const differ = new Set(fields.map((field) => field.trim())).size === fields.length;
  return !differ || fields.some((field) => !WHOLE.test(field));
}

function describeLineEnding(text: string, quote: string): CsvDialect['lineEnding'] {
  const unquoted = text.replace(quote === '"' ? /"[^"]*"/g : /'[^']*'/g, '');
  // The last character may be one half of CR LF.
  const endings = new Set(unquoted.match(/\r\n|\r(?=[^])|\n/g));
  if (endings.size > 1) return 'mixed';
  if (endings.has('\r\n')) return 'crlf';
  return endings.has('\r') ? 'cr' : 'lf';
}

function countLines(records: readonly string[]): number {
  return records.reduce((lines, record) => lines + record.split(/\r\n|[\r\n]/).length, 0);
}
