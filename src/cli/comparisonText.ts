import { escapeMarkdown, showControls } from '../base/escape';
import { formatNumber, formatSigned } from '../base/format';
import { formatProblem } from '../base/problem';
import type { Comparison, MetricComparison } from '../models/comparison';
import { formatTable } from './textTable';

const TITLES = [
  'Metric',
  'Base',
  'Candidate',
  'Delta',
  'Change',
  'Better',
  'Result',
  'Why',
] as const;
const NUMERIC: ReadonlySet<string> = new Set(['Base', 'Candidate', 'Delta']);

/** A comparison for a terminal: which versions, then the metrics, worst first as they come. */
export function formatComparisonText(comparison: Comparison): string {
  const head = `${showControls(comparison.candidate)} against ${showControls(comparison.base)}: ${comparison.verdict}`;
  const problems = comparison.problems.map(
    (problem) => `could not judge: ${showControls(formatProblem(problem))}`,
  );
  if (comparison.metrics.length === 0 && problems.length === 0) {
    return `${head}\nNo metrics were found on either side.`;
  }
  const columns = TITLES.map(
    (title) => ({ title, align: NUMERIC.has(title) ? 'right' : 'left' }) as const,
  );
  return [head, ...problems, formatTable(columns, comparison.metrics.map(cellsOf))].join('\n');
}

/** The same as a Markdown table. */
export function formatComparisonMarkdown(comparison: Comparison): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = TITLES.map((title) => (NUMERIC.has(title) ? '---:' : '---'));
  return [
    `**${escapeMarkdown(comparison.candidate)}** against **${escapeMarkdown(comparison.base)}**: ${comparison.verdict}`,
    '',
    row(TITLES),
    row(rule),
    ...comparison.metrics.map((metric) => row(cellsOf(metric).map(escapeMarkdown))),
    ...comparison.problems.map(
      (problem) => `\nCould not judge: ${escapeMarkdown(formatProblem(problem))}`,
    ),
  ].join('\n');
}

function cellsOf(metric: MetricComparison): readonly string[] {
  const number = (value: number | null): string => (value === null ? '' : formatNumber(value));
  return [
    metric.name,
    number(metric.base),
    number(metric.candidate),
    metric.delta === null ? '' : formatSigned(metric.delta),
    metric.change,
    metric.direction,
    metric.result,
    metric.reason,
  ];
}
