/** One thing that a check found. */

export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  /** The check's rule name: `column-missing`, `drift`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The dataset's name. */
  readonly dataset: string;
  /** Absent where the finding is about the whole dataset. */
  readonly column?: string;
  /** One sentence, which names the values that caused it. Not escaped. */
  readonly message: string;
  readonly observed: string;
  readonly expected: string;
  /** The size of it in the rule's own unit (a share, a PSI); with its unit's name. */
  readonly effect?: Effect;
  /** At most 20 values that caused it, as text, not escaped. */
  readonly samples: readonly string[];
  /** The edit of the schema that would accept it, in words, and the argument of `--accept`. */
  readonly fix?: Fix;
}

export interface Effect {
  readonly value: number;
  /** `share`, `PSI`, `count`. */
  readonly unit: string;
  /** The bound that the decision used, where it is not the value itself. */
  readonly lower?: number;
  readonly threshold?: number;
}

export interface Fix {
  readonly title: string;
  /** `RULE:COLUMN`, as `validate --accept` takes it. */
  readonly accept: string;
}
