import type { Dataset } from '../../project/project';
import type { Finding } from '../finding';
import type { CategoryCount, Profile } from '../profile/profile';
import type { Schema } from '../schema/schema';

/** What a rule judges that looks at two datasets of a project: what a model learns from, and what tests or meets it. */
export interface PairContext {
  /** The one that the findings are about: a test, validation or production dataset. */
  readonly dataset: Dataset;
  readonly current: Profile;
  readonly schema: Schema;
  readonly train: { readonly dataset: Dataset; readonly profile: Profile };
  /** The dataset counted on the edges and categories of the training data. */
  readonly facts: PairFacts;
}

export interface PairCheck {
  readonly rule: string;
  find(context: PairContext): readonly Finding[];
}

/** What is measured on the rows of both datasets. Each part is there where its columns are. */
export interface PairFacts {
  readonly overlap?: OverlapFacts;
  /** Values of the declared key, and of the group, that both have. */
  readonly keys?: SharedValues;
  readonly groups?: SharedValues;
  readonly time?: TimeFacts;
}

export interface OverlapFacts {
  /** Rows of the dataset whose features are those of a training row. */
  readonly rows: number;
  /** Those of them whose label is the same too; absent without a label. */
  readonly withLabel?: number;
  /** What independent columns with the training data's values would give by chance. */
  readonly expected: number;
  /** Rows of the dataset. */
  readonly of: number;
  /** The columns that were compared: those of both, without the key and the label. */
  readonly columns: readonly string[];
}

export interface SharedValues {
  readonly columns: readonly string[];
  /** Different values that both have, and all that the dataset has. */
  readonly shared: number;
  readonly of: number;
  /** At most 20 of them, most frequent first. */
  readonly samples: readonly CategoryCount[];
}

export interface TimeFacts {
  readonly column: string;
  /** ISO texts. */
  readonly train: { readonly first: string; readonly last: string };
  readonly test: { readonly first: string; readonly last: string };
  /** Rows of the dataset that are not later than the last training row. */
  readonly notAfter: number;
  readonly of: number;
}
