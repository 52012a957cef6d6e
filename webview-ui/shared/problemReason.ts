import type { Problem } from '../../src/base/problem';
import type { ReasonAction, ReasonItem } from './reasonItem';

/** Something that could not be read or judged, with the place where it stands. */
export function problemReason(problem: Problem, index: number): ReasonItem {
  const { file, code } = problem;
  return {
    key: `problem ${index} ${code}`,
    tone: 'unknown',
    word: 'Not judged',
    subject: file ?? code,
    rule: file === undefined ? undefined : code,
    message: problem.message,
    fix: problem.fix,
    links: placeLinks(file, problem.line),
    buttons: [],
  };
}

/** The link to a place: `data/test.csv:17`. */
export function placeLinks(
  file: string | undefined,
  line: number | undefined,
): readonly ReasonAction[] {
  if (file === undefined) return [];
  return line === undefined
    ? [{ title: file, message: { type: 'open', file } }]
    : [{ title: `${file}:${line}`, message: { type: 'open', file, line } }];
}
