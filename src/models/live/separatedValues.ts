import type { LiveLog, LiveMetric, LiveParser } from './liveMetric';
import { LineBuffer } from './lineBuffer';

export interface ColumnRoles {
  readonly separator: ',' | '\t';
  /** Columns that are a step, the best first. */
  readonly steps: readonly string[];
  /** Columns that are no metric. */
  readonly ignored: readonly string[];
  /** The name of the metric in a column. */
  readonly nameOf: (column: string) => string;
}

/** A log of one row per step with a header, in which a cell may be empty: the newest cell of each column counts. */
export class SeparatedValues implements LiveParser {
  readonly reads = 'appended';
  private readonly lines = new LineBuffer();
  private readonly metrics = new Map<string, LiveMetric>();
  private columns: readonly string[] | undefined;

  constructor(private readonly roles: ColumnRoles) {}

  get log(): LiveLog {
    return { metrics: this.metrics };
  }

  push(bytes: Buffer): void {
    for (const line of this.lines.push(bytes)) {
      const cells = line.split(this.roles.separator);
      if (this.columns === undefined) this.columns = cells;
      else this.readRow(cells, this.columns);
    }
  }

  private readRow(cells: readonly string[], columns: readonly string[]): void {
    const { steps, ignored, nameOf } = this.roles;
    const step = steps.map((name) => numberOf(cells[columns.indexOf(name)])).find(isNumber);
    columns.forEach((column, at) => {
      const value = numberOf(cells[at]);
      if (value === undefined || steps.includes(column) || ignored.includes(column)) return;
      const name = nameOf(column);
      this.metrics.set(name, { name, value, ...(step === undefined ? {} : { step }) });
    });
  }
}

function numberOf(cell: string | undefined): number | undefined {
  const value = cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined;
}
