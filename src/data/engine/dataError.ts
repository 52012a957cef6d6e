import type { Problem } from '../../base/problem';

/** A failure that the data or its file is to blame for; becomes a `Result` at the engine's border. */
export class DataError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}
