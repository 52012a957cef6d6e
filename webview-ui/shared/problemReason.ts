import type { Problem } from '../../src/base/problem';
import type { ReasonItem } from './reasonItem';

/** Something that could not be read or judged, with the place where it stands. */
export function problemReason(problem: Problem, index: number): ReasonItem {
  const { file, line } = problem;
  return {
    key: `problem ${index} ${problem.code}`,
    tone: 'unknown',
    word: 'Not judged',
    subject: file ?? problem.code,
    ...(file === undefined ? {} : { rule: problem.code }),
    message: problem.fix === undefined ? problem.message : `${problem.message} ${problem.fix}`,
    facts: [],
    samples: [],
    links:
      file === undefined
        ? []
        : [
            {
              title: line === undefined ? `Open ${file}` : `Open ${file}:${line}`,
              message: { type: 'open', file, ...(line === undefined ? {} : { line }) },
            },
          ],
    buttons: [],
  };
}
