/** A table of texts, as a CSV file has it; null is an empty field. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export type Row = readonly (string | null)[];
export type Random = () => number;
export type Value = string | null;

export function placeOf({ columns }: Table, column: string): number {
  const place = columns.indexOf(column);
  if (place < 0) throw new Error(`There is no column ${column}.`);
  return place;
}

export function valuesOf(table: Table, column: string): readonly Value[] {
  const place = placeOf(table, column);
  return table.rows.map((row) => row[place] ?? null);
}

export function numbersOf(table: Table, column: string): readonly number[] {
  return valuesOf(table, column).flatMap((value) => (value === null ? [] : [Number(value)]));
}

/** Another value in a column, in every row or in those that a share chooses. */
export function mapColumn(
  table: Table,
  column: string,
  change: (value: string, row: Row) => Value,
  chosen: () => boolean = () => true,
): Table {
  const place = placeOf(table, column);
  return {
    ...table,
    rows: table.rows.map((row) => {
      const value = row[place] ?? null;
      if (value === null || !chosen()) return row;
      return row.with(place, change(value, row));
    }),
  };
}

/** Numbers as they are written: with six digits, none of them for nothing; whole ones stay whole where they all are. */
export function mapNumbers(
  table: Table,
  column: string,
  change: (value: number) => number,
  { chosen, keepsType = true }: { chosen?: () => boolean; keepsType?: boolean } = {},
): Table {
  const isWhole = keepsType && numbersOf(table, column).every(Number.isInteger);
  return mapColumn(
    table,
    column,
    (value) => {
      const changed = change(Number(value));
      return String(isWhole ? Math.round(changed) : Number(changed.toPrecision(6)));
    },
    chosen,
  );
}

export function withRows(table: Table, rows: readonly Row[]): Table {
  return { ...table, rows };
}

/** Chooses a share of the rows, evenly from a random first one on: one of them at least, where that is its part. */
export function share(part: number, random: Random): () => boolean {
  let sum = random();
  return () => {
    sum += part;
    const isChosen = sum >= 1;
    if (isChosen) sum -= 1;
    return isChosen;
  };
}

export function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** RFC 4180, lines end in LF. */
export function toCsv({ columns, rows }: Table, delimiter = ',', end = '\n'): string {
  const field = (value: Value): string => {
    const text = value ?? '';
    return /["\r\n]/.test(text) || text.includes(delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  };
  const lines = [columns, ...rows].map((row) => row.map(field).join(delimiter));
  return lines.map((line) => line + end).join('');
}

/** Of plain CSV without quotes over several lines. */
export function parseCsv(text: string): Table {
  const [header = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const split = (line: string): string[] =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
      .map(([, field = '']) =>
        field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
      )
      .slice(0, columns?.length);
  let columns: string[] | undefined;
  columns = split(header);
  if (columns.at(-1) === '' && !header.endsWith(',')) columns.pop();
  return {
    columns,
    rows: lines.map((line) => split(line).map((value) => (value === '' ? null : value))),
  };
}

/** Of a list of flat objects. */
export function tableOfJson(text: string): Table {
  const records = JSON.parse(text) as Readonly<Record<string, unknown>>[];
  const columns = Object.keys(records[0] ?? {});
  const value = (each: unknown): Value =>
    each === null || each === undefined
      ? null
      : typeof each === 'string'
        ? each
        : JSON.stringify(each);
  return { columns, rows: records.map((record) => columns.map((column) => value(record[column]))) };
}
