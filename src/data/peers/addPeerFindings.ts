import { gravestVerdict } from '../../base/verdict';
import { isAllowed, sortFindings } from '../checks/checks';
import type { Finding } from '../finding';
import type { DatasetReport } from '../report';
import type { Schema } from '../schema/schema';
import type { PlacedResults } from './placePeerResults';

export interface PeerContext {
  /** Whose `allow` silences their rules too; absent where there is none. */
  readonly schema?: Schema | undefined;
  /** When the data were last written, in milliseconds since the epoch, where that is certain. */
  readonly written?: number | undefined;
}

/**
 * The report with what other tools found. What they found before the data were written again is about other data: it is
 * told and decides nothing. A result that is missing or broken makes the verdict inconclusive, where nothing fails.
 */
export function addPeerFindings(
  report: DatasetReport,
  { results, problems }: PlacedResults,
  { schema = { columns: [] }, written = -Infinity }: PeerContext,
): DatasetReport {
  const findings = results.flatMap(({ result, time = Infinity, file }) =>
    result.findings.map((finding): Finding => {
      const placed = { ...finding, place: { file, line: finding.source?.line ?? 1 } };
      return time < written ? asOld(placed) : placed;
    }),
  );
  const counted = findings.filter((finding) => !isAllowed(finding, schema));
  const severities = new Set(counted.map(({ severity }) => severity));
  return {
    ...report,
    findings: sortFindings([...report.findings, ...counted]),
    problems: [...report.problems, ...problems],
    verdict: gravestVerdict([
      report.verdict,
      ...(severities.has('error') ? (['fail'] as const) : []),
      ...(severities.has('warning') ? (['warn'] as const) : []),
      ...(problems.length > 0 ? (['inconclusive'] as const) : []),
    ]),
  };
}

function asOld(finding: Finding): Finding {
  const message = `${finding.message} The data were written again since.`;
  return { ...finding, severity: 'info', message };
}
