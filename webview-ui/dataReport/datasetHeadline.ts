import { formatCount, formatNumber, formatSeconds } from '../../src/base/format';
import type { DatasetReport, Finding, Severity } from '../../src/protocol/content';

/** The verdict on one dataset in one sentence. */
export function datasetHeadline(report: DatasetReport): string {
  switch (report.verdict) {
    case 'fail':
      return `${report.name} failed: ${countFindings(report)}`;
    case 'warn':
      return `${report.name} passed with ${countFindings(report)}`;
    case 'inconclusive':
      if (report.footer !== undefined) return footerHeadline(report);
      return `${report.name} could not be judged: ${whyInconclusive(report).replace(/\.$/, '')}`;
    case 'pass':
      return report.reference === undefined
        ? `${report.name} was measured, but there is no baseline to judge it by`
        : `${report.name} passed: ${formatCount(report.columns.length, 'column')} as expected`;
  }
}

function footerHeadline(report: DatasetReport): string {
  const found = report.findings.length === 0 ? 'nothing wrong' : countFindings(report);
  return `${report.name} was not judged as a whole: its footer shows ${found}, and no value was read`;
}

function whyInconclusive(report: DatasetReport): string {
  const problem = report.problems[0]?.message ?? report.findings[0]?.message;
  if (problem !== undefined) return problem;
  return report.reference === undefined ? 'there is no baseline yet' : 'no check could decide';
}

/** `2 errors and 1 warning in 3 of 32 columns`; a problem where there are no findings. */
function countFindings(report: DatasetReport): string {
  const { findings } = report;
  if (findings.length === 0) return report.problems[0]?.message ?? 'no finding';
  const columns = new Set(findings.flatMap(({ column }) => column ?? []));
  const all = new Set([
    ...report.columns.map(({ name }) => name),
    ...(report.reference?.columns.map(({ name }) => name) ?? []),
  ]);
  const where =
    columns.size === 0 ? '' : ` in ${columns.size} of ${formatCount(all.size, 'column')}`;
  return `${countSeverities(findings)}${where}`;
}

function countSeverities(findings: readonly Finding[]): string {
  const count = (severity: Severity, noun: string): string[] => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [formatCount(number, noun)];
  };
  const parts = [
    ...count('error', 'error'),
    ...count('warning', 'warning'),
    ...count('info', 'remark'),
  ];
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join('');
}

/** What was measured, in short pieces: rows, exactness, time. */
export function datasetFacts(report: DatasetReport): readonly string[] {
  const { reference } = report;
  const rows = formatCount(report.rows, 'row');
  return [
    reference === undefined ? rows : `${rows} against ${formatNumber(reference.rows)}`,
    exactness(report),
    `${report.footer === undefined ? 'measured' : 'read'} in ${formatSeconds(report.seconds)}`,
  ];
}

function exactness({ exact, footer }: DatasetReport): string {
  if (footer !== undefined) return 'footer only: values were not read';
  return exact ? 'exact' : 'from a sample';
}
