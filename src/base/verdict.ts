/** What a comparison, a dataset or a whole check comes to. */
export type Verdict = 'pass' | 'warn' | 'fail' | 'inconclusive';

const WEIGHT = { pass: 0, warn: 1, inconclusive: 2, fail: 3 } as const;

/** The gravest of several verdicts; `pass` of none. */
export function gravestVerdict(verdicts: Iterable<Verdict>): Verdict {
  let gravest: Verdict = 'pass';
  for (const verdict of verdicts) if (WEIGHT[verdict] > WEIGHT[gravest]) gravest = verdict;
  return gravest;
}
