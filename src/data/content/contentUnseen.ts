import type { Problem } from '../../base/problem';
import { gravestVerdict } from '../../base/verdict';
import type { Finding } from '../finding';
import type { DatasetReport } from '../report';

export const REFERENCE_NOT_HERE = 'reference-not-here';

/** Drift could not be judged: the verdict is not certain, whatever the schema says. */
export function tellUnseen(report: DatasetReport, unseen: Problem | undefined): DatasetReport {
  if (unseen === undefined) return report;
  const finding: Finding = {
    rule: REFERENCE_NOT_HERE,
    severity: 'info',
    dataset: report.name,
    message: unseen.message,
    observed: 'no content to compare with',
    expected: 'the content of the version before',
    samples: [],
  };
  return {
    ...report,
    verdict: gravestVerdict([report.verdict, 'inconclusive']),
    findings: [...report.findings, finding],
  };
}
