import type { StoredValue } from './storedValue';

/**
 * What the footer of a Parquet file says, as far as it is asked for
 * (https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift).
 */
export interface ParquetFooter {
  readonly rows: number;
  /** The tree of columns as it is written: each element before its children, the root first. */
  readonly schema: readonly SchemaElement[];
  /** Of the elements without children, in their order. */
  readonly leaves: readonly LeafStatistics[];
  /** Whether some of the columns are encrypted. */
  readonly encrypted: boolean;
  /** Where the last column chunk ends: bytes from the beginning of the file. */
  readonly dataEnd: number;
}

export interface SchemaElement {
  readonly name: string;
  /** Absent for groups. */
  readonly physical?: PhysicalType;
  /** Bytes of a fixed-length value. */
  readonly length?: number;
  readonly repetition: 'required' | 'optional' | 'repeated' | 'other';
  readonly children: number;
  /** The number of the older annotation; absent where there is none. */
  readonly converted?: number;
  readonly scale?: number;
  readonly precision?: number;
  readonly logical?: LogicalType;
}

export const PHYSICAL_TYPES = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
] as const;

export type PhysicalType = (typeof PHYSICAL_TYPES)[number];

export interface LogicalType {
  /** The number of the member of the union. */
  readonly id: number;
  /** Of times and timestamps. */
  readonly isUtc?: boolean;
  readonly unit?: 'milliseconds' | 'microseconds' | 'nanoseconds';
  /** Of integers. */
  readonly bits?: number;
  readonly isSigned?: boolean;
}

/** Of one leaf, in all groups of rows together. */
export interface LeafStatistics {
  /** Of values with the places where one is missing. */
  readonly values: number;
  /** Absent where a group does not tell. */
  readonly nulls?: number;
  /** Not-a-number values; absent where a group does not tell. */
  readonly nans?: number;
  /** Rows in which the column as a whole is missing, as the histogram of levels tells; absent where there is none. */
  readonly absent?: number;
  /** Whether it is certain that some value is neither missing nor NaN. */
  readonly hasValues: boolean;
  /** As they are stored, without a decimal's point; absent where a group does not tell them, or not exactly. */
  readonly ends?: Ends;
}

export interface Ends {
  readonly min: StoredValue;
  readonly max: StoredValue;
}
