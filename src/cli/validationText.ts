import { showControls } from '../base/escape';
import { formatCount, formatSeconds } from '../base/format';
import { formatProblem } from '../base/problem';
import type { DatasetReport, FooterScope, ValidationReport } from '../data/report';
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
    ...(dataset.footer === undefined ? [] : formatScope(dataset.footer)),
    ...dataset.problems.map(
      (problem) => `  could not judge: ${showControls(formatProblem(problem))}`,
    ),
    ...dataset.findings.flatMap((finding) => formatFinding(finding, dataset.path)),
  ].join('\n');
}

/** What was not read must not look as if it had passed. */
function formatScope({ decided, undecided }: FooterScope): readonly string[] {
  return [
    '  footer only: no value was read, and what needs the values is not judged',
    `    decided: ${decided.join(', ')}`,
    ...(undecided.length === 0 ? [] : [`    only what is found: ${undecided.join(', ')}`]),
  ];
}

/** As terminals make it a link. */
function placeOf({ file, line }: FindingSource): string {
  return line === undefined ? file : `${file}:${line}`;
}

function formatFinding(finding: Finding, path: string): readonly string[] {
  const subject = finding.column === undefined ? finding.rule : `${finding.rule}:${finding.column}`;
  return [
    `  ${finding.severity} ${showControls(subject)}: ${showControls(finding.message)}`,
    ...(finding.source === undefined ? [] : [`    in ${showControls(placeOf(finding.source))}`]),
    ...formatRows(finding, path),
    ...(finding.fix === undefined
      ? []
      : [`    to accept: --accept '${showControls(finding.fix.accept)}'`]),
  ];
}

const LONGEST_ROW = 160;

/** The finding's own column first, for a row may have many. */
function formatRows({ rows, column }: Finding, path: string): readonly string[] {
  if (rows === undefined) return [];
  const order = rows.columns
    .map((name, index) => ({ name, index }))
    .sort((a, b) => Number(b.name === column) - Number(a.name === column));
  const shown = rows.rows.map(({ file = path, line, values }) => {
    const cells = order.map(({ name, index }) => `${name}=${values[index] ?? ''}`).join(', ');
    const text = cells.length > LONGEST_ROW ? `${cells.slice(0, LONGEST_ROW - 1)}…` : cells;
    return `    ${showControls(line === undefined ? file : `${file}:${line}`)}: ${showControls(text)}`;
  });
  const rest = rows.total - rows.rows.length;
  return rest > 0 && shown.length > 0
    ? [...shown, `    and ${formatCount(rest, 'row')} more`]
    : shown;
}
