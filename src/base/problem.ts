/**
 * An expected failure: what happened, where, and what to do.
 * `code` is stable and kebab-case (`yaml-invalid`, `engine-lost`); hosts turn the rest into text.
 */
export interface Problem {
  readonly code: string;
  /** One sentence without the place: what happened. */
  readonly message: string;
  /** Relative to the project's root, with forward slashes. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** What to do about it: one imperative sentence. */
  readonly fix?: string;
}

/** `file:line:column: message. Fix.`, as compilers write it, so that terminals make it a link. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column]
    .filter((part) => part !== undefined)
    .join(':');
  const text = place === '' ? problem.message : `${place}: ${problem.message}`;
  return problem.fix === undefined ? text : `${text} ${problem.fix}`;
}
