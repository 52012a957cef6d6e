import type { Schema } from '../schema/schema';

/** A schema of another tool in our words. */
export interface ImportedSchema {
  /** `Great Expectations`. */
  readonly tool: string;
  /** What the tool calls it: a suite, a table. */
  readonly name?: string;
  readonly schema: Schema;
  readonly untranslated: readonly Untranslated[];
}

/** A demand that is not in our schema afterwards. */
export interface Untranslated {
  /** The demand as the tool calls it, with its column: `expect_column_mean_to_be_between of "amount"`. Not escaped. */
  readonly what: string;
  /** A sentence without its point: not escaped. */
  readonly why: string;
}
