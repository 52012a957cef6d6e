import { CHUNK_ROWS, type NumberChunk } from './streamNumbers';

/** The finite values of one chunk of one column at a time: what looks at them does so before the next. */
export const FINITE = new Float64Array(CHUNK_ROWS);

/** The same memory as pairs of 32 bits, the low ones first. */
export const FINITE_WORDS = new Uint32Array(FINITE.buffer);

/** What a chunk has; the extremes are of its finite values, infinite where there are none. */
export interface FiniteValues {
  readonly finite: number;
  readonly nulls: number;
  readonly nans: number;
  readonly infinities: number;
  readonly min: number;
  readonly max: number;
  readonly minCount: number;
  readonly maxCount: number;
}

/** Moves the finite values of a chunk to the front of `FINITE`, and counts all others. */
export function gatherFinite({ values, validity }: NumberChunk): FiniteValues {
  let finite = 0;
  let nulls = 0;
  let nans = 0;
  let infinities = 0;
  for (let row = 0; row < values.length; row++) {
    if (validity !== undefined && (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 0) {
      nulls++;
      continue;
    }
    // Zero has two signs and is one value.
    const value = (values[row] ?? 0) + 0;
    if (value - value === 0) FINITE[finite++] = value;
    else if (Number.isNaN(value)) nans++;
    else infinities++;
  }
  return { finite, nulls, nans, infinities, ...findExtremes(finite) };
}

function findExtremes(finite: number): Pick<FiniteValues, 'min' | 'max' | 'minCount' | 'maxCount'> {
  let min = Infinity;
  let max = -Infinity;
  let minCount = 0;
  let maxCount = 0;
  for (let at = 0; at < finite; at++) {
    const value = FINITE[at] ?? 0;
    if (value <= min) {
      minCount = value === min ? minCount + 1 : 1;
      min = value;
    }
    if (value >= max) {
      maxCount = value === max ? maxCount + 1 : 1;
      max = value;
    }
  }
  return { min, max, minCount, maxCount };
}
