import type { Dataset } from '../../src/project/project';
import type { Random, Table } from './table';
import type { RealTable } from './tables';

/** What is done to a table, and which rule has to find it. */
export interface Corruption {
  readonly name: string;
  /** One of these has to be found. */
  readonly expects: readonly string[];
  /** What comes with it by its nature: found or not, it is no extra finding. */
  readonly also?: readonly string[];
  /** Undefined where it does not apply to the table. */
  apply(clean: CleanTable, random: Random): Corrupted | undefined;
}

/** A real table, divided at random. */
export interface CleanTable {
  readonly real: RealTable;
  readonly train: Table;
  readonly test: Table;
}

export interface Corrupted {
  /** A table, or what the file holds instead. */
  readonly content: Table | string | Uint8Array;
  /** Which data it is; what is not training data is judged beside the clean training data. Default `train`. */
  readonly role?: 'train' | 'test' | 'production';
  /** The training data beside it, where they are not the clean ones. */
  readonly train?: Table;
  readonly dataset?: Partial<Dataset>;
  /** The column that the finding has to name. */
  readonly column?: string;
}
