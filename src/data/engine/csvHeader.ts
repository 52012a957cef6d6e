/** What the first line of a CSV or TSV file says about the rest. */
export interface CsvHeader {
  readonly delimiter: string;
  /** Unique: the second `a` is `a.1`, as pandas has it. */
  readonly columns: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Reads the header of a file from its first text. The delimiter is the one that occurs most often in it outside
 * quotes, so that the data below can never change how the file is read.
 * @returns undefined where the text is empty or ends within the header.
 */
export function readCsvHeader(text: string, wholeFile: boolean): CsvHeader | undefined {
  const line = firstRecord(text, wholeFile);
  if (line === undefined || line.trim() === '') return undefined;
  const unquoted = line.replace(/"(?:[^"]|"")*"/g, '');
  const delimiter = DELIMITERS.reduce((best, next) =>
    count(unquoted, next) > count(unquoted, best) ? next : best,
  );
  return { delimiter, columns: uniqueNames(splitRecord(line, delimiter)) };
}

/** Up to the first line break outside quotes. */
function firstRecord(text: string, wholeFile: boolean): string | undefined {
  const end = /^(?:[^"\r\n]|"(?:[^"]|"")*")*(?=[\r\n])/.exec(text);
  if (end !== null) return end[0];
  return wholeFile ? text : undefined;
}

function splitRecord(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const end = rest.indexOf(delimiter, quoted?.[0].length ?? 0);
    const field = end < 0 ? rest : rest.slice(0, end);
    fields.push(quoted === null ? field : (quoted[1] ?? '').replaceAll('""', '"'));
    if (end < 0) return fields;
    rest = rest.slice(end + 1);
  }
}

/** Empty names are numbered as pandas does, by their 0-based place: `Unnamed: 0`. */
export function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name, index) => {
    const base = name === '' ? `Unnamed: ${index}` : name;
    let unique = base;
    for (let copy = 1; used.has(unique); copy++) unique = `${base}.${copy}`;
    used.add(unique);
    return unique;
  });
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
