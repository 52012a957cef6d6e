import type { Dataset } from '../../project/project';
import type { Finding } from '../finding';
import type { PairFacts } from '../profile/pairFacts';
import type { Profile } from '../profile/profile';
import type { Schema } from '../schema/schema';

/** What a rule judges that looks at two datasets of a project: what a model learns from, and what tests or meets it. */
export interface PairContext {
  /** The one that the findings are about: a test, validation or production dataset. */
  readonly dataset: Dataset;
  /** Of what meets the model in production: counted on the edges and categories of the training data. */
  readonly current: Profile;
  readonly schema: Schema;
  readonly train: { readonly dataset: Dataset; readonly profile: Profile };
  /** Of test and validation data. */
  readonly facts: PairFacts;
}

/** One rule over two datasets. Pure, as a `Check` is. */
export interface PairCheck {
  readonly rule: string;
  find(context: PairContext): readonly Finding[];
}
