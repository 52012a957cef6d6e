import { showControls } from '../base/escape';

export interface TextColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** A cell that is longer makes no other one longer: 10,000 rows beside a text of 1 MB would be 10 GB. */
const WIDEST = 120;

/** A plain text table, columns padded, two spaces between; cells are escaped here. */
export function formatTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
): string {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => row.map(showControls)),
  ];
  const widths = columns.map((_, index) =>
    cells.reduce((widest, row) => Math.max(widest, Math.min(row[index]?.length ?? 0, WIDEST)), 0),
  );
  return cells.map((row) => formatRow(row, widths, columns)).join('\n');
}

function formatRow(
  row: readonly string[],
  widths: readonly number[],
  columns: readonly TextColumn[],
): string {
  const padded = columns.map((column, index) => {
    const cell = row[index] ?? '';
    const width = widths[index] ?? 0;
    return column.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
  });
  return padded.join('  ').trimEnd();
}
