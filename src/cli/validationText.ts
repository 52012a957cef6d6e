import { showControls } from '../base/escape';
import { formatCount, formatSeconds } from '../base/format';
import { formatProblem } from '../base/problem';
import type { DatasetReport, ValidationReport } from '../data/report';
import type { Finding, FindingSource } from '../data/finding';

/** A validation for a terminal: per dataset its verdict, then what was found, weightiest first as it comes. */
export function formatValidationText(report: ValidationReport): string {
  if (report.datasets.length === 0) {
    return 'No data files were found. Name them in preflight.yaml, under `datasets`.';
  }
  return report.datasets.map(formatDataset).join('\n');
}

function formatDataset(dataset: DatasetReport): string {
  const size = `${formatCount(dataset.rows, 'row')}, ${formatCount(dataset.columns.length, 'column')}`;
  const against =
    dataset.reference === undefined ? 'no baseline yet' : `against ${dataset.reference.source}`;
  const head = `${showControls(dataset.path)}: ${dataset.verdict} (${size}, ${against}, ${formatSeconds(dataset.seconds)})`;
  return [
    head,
    ...dataset.problems.map(
      (problem) => `  could not judge: ${showControls(formatProblem(problem))}`,
    ),
    ...dataset.findings.flatMap(formatFinding),
  ].join('\n');
}

/** As terminals make it a link. */
function placeOf({ file, line }: FindingSource): string {
  return line === undefined ? file : `${file}:${line}`;
}

function formatFinding(finding: Finding): readonly string[] {
  const subject = finding.column === undefined ? finding.rule : `${finding.rule}:${finding.column}`;
  return [
    `  ${finding.severity} ${showControls(subject)}: ${showControls(finding.message)}`,
    ...(finding.source === undefined ? [] : [`    in ${showControls(placeOf(finding.source))}`]),
    ...(finding.fix === undefined
      ? []
      : [`    to accept: --accept '${showControls(finding.fix.accept)}'`]),
  ];
}
