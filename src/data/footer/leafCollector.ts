import type { AskedLeaf, ChunkMetadata } from './chunkMetadata';
import type { LeafStatistics } from './parquetFooter';
import type { StoredKind, StoredValue } from './storedValue';

/** Adds up what the groups of rows say of one leaf. */
export class LeafCollector implements AskedLeaf {
  private values = 0;
  private nulls: number | undefined = 0;
  private nans: number | undefined = 0;
  private absent: number | undefined = 0;
  private hasValues = false;
  private isBounded = true;
  private min: StoredValue | undefined;
  private max: StoredValue | undefined;

  /** @param required whether no value can be missing */
  constructor(
    readonly kind: StoredKind | undefined,
    readonly isNested: boolean,
    private readonly required: boolean,
  ) {}

  add(chunk: ChunkMetadata): void {
    const { values } = chunk;
    const nulls = this.required ? 0 : chunk.nulls;
    const nans = this.kind?.isFloat === true ? chunk.nans : 0;
    this.values += values;
    this.nulls = sum(this.nulls, nulls);
    this.nans = sum(this.nans, nans);
    this.absent = sum(this.absent, chunk.absent);
    // A group without values has no ends.
    if (nulls === values) return;
    if (nulls !== undefined && nans !== undefined && nulls + nans < values) this.hasValues = true;
    this.widen(chunk.min, chunk.max);
  }

  private widen(min: StoredValue | undefined, max: StoredValue | undefined): void {
    if (min === undefined || max === undefined || min > max) {
      this.isBounded = false;
      return;
    }
    this.hasValues = true;
    if (this.min === undefined || min < this.min) this.min = min;
    if (this.max === undefined || max > this.max) this.max = max;
  }

  finish(): LeafStatistics {
    const { values, nulls, nans, absent, hasValues, isBounded, min, max } = this;
    return {
      values,
      hasValues,
      ...(nulls === undefined ? {} : { nulls }),
      ...(nans === undefined ? {} : { nans }),
      ...(absent === undefined ? {} : { absent }),
      ...(min === undefined || max === undefined || !isBounded ? {} : { ends: { min, max } }),
    };
  }
}

function sum(total: number | undefined, more: number | undefined): number | undefined {
  return total === undefined || more === undefined ? undefined : total + more;
}
