import type { Histogram } from '../../../profile/profile';

/** Cells of a grid between the first edge and the last: most have no edge, so that one comparison finds a value's bin. */
const CELLS = 1024;

/** Counts values on fixed edges: bin i is `(edges[i-1], edges[i]]`, the last one is above all edges. */
export class BinCounter {
  private readonly counts: Float64Array;
  /** With infinity as the last one. */
  private readonly upper: Float64Array;
  /** For each cell the number of edges in the cells before it. */
  private readonly before = new Int32Array(CELLS);
  private readonly low: number;
  private readonly scale: number;

  constructor(private readonly edges: readonly number[]) {
    this.upper = Float64Array.from([...edges, Infinity]);
    this.counts = new Float64Array(edges.length + 1);
    const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 0];
    // Wider than the edges, so that the outer values are not all in the cells of the outer edges.
    const margin = (last - first) / 8;
    this.low = first - margin;
    const scale = CELLS / (last - first + 2 * margin);
    this.scale = Number.isFinite(scale) && scale > 0 ? scale : 0;
    for (const edge of edges)
      this.before.fill(1 + (this.before[CELLS - 1] ?? 0), this.cellOf(edge) + 1);
  }

  /** @param values finite */
  add(values: Float64Array, from: number, to: number): void {
    const { upper, counts, before, low, scale } = this;
    for (let at = from; at < to; at++) {
      const value = values[at] ?? 0;
      const cell = Math.max(0, Math.min(CELLS - 1, (value - low) * scale)) | 0;
      // The cells rise with the values: an edge in a cell before that of the value is below the value.
      let bin = before[cell] ?? 0;
      while (value > (upper[bin] ?? 0)) bin++;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }

  addRepeated(value: number, times: number): void {
    const bin = this.edges.findIndex((edge) => value <= edge);
    const at = bin < 0 ? this.edges.length : bin;
    this.counts[at] = (this.counts[at] ?? 0) + times;
  }

  histogram(): Histogram {
    return { edges: this.edges, counts: Array.from(this.counts) };
  }

  private cellOf(value: number): number {
    return Math.max(0, Math.min(CELLS - 1, (value - this.low) * this.scale)) | 0;
  }
}
