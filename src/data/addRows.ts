import type { DataContent, Profiler } from './profile/profiler';
import type { DatasetReport } from './report';

/**
 * The report with some of the rows in each finding that names rows; as it was where they cannot be read, for what was
 * found holds without them.
 */
export async function addRows(
  report: DatasetReport,
  content: DataContent,
  limit: number,
  profiler: Profiler,
): Promise<DatasetReport> {
  const filters = report.findings.flatMap(({ where }) => where ?? []);
  if (limit === 0 || filters.length === 0) return report;
  const found = await profiler.rows(content, filters, limit);
  if (!found.ok) return report;
  const rowsOf = new Map(filters.map((filter, index) => [filter, found.value[index]]));
  const findings = report.findings.map((finding) => {
    const rows = finding.where === undefined ? undefined : rowsOf.get(finding.where);
    return rows === undefined ? finding : { ...finding, rows };
  });
  return { ...report, findings };
}
