import { escapeMarkdown } from '../../base/escape';
import { formatNumber, formatSigned } from '../../base/format';
import type { DatasetReport } from '../../data/report';
import type { MetricComparison } from '../../models/comparison';
import type { CheckReport } from '../checkReport';
import { fixesOf, reasonWord } from './reasonWords';

/** For a pull request's comment or a job's summary: the headline, the reasons, what was judged. */
export function formatMarkdown(report: CheckReport): string {
  const blocks = [
    `## ${escapeMarkdown(report.headline)}`,
    ...reasonsTable(report),
    ...fixList(report),
    ...datasetsTable(report.datasets),
    ...metricsTable(report.comparisons.flatMap((comparison) => comparison.metrics)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function reasonsTable({ reasons }: CheckReport): readonly string[] {
  if (reasons.length === 0) return [];
  const rows = reasons.map((reason) => [
    reasonWord(reason),
    escapeMarkdown(reason.text),
    (reason.evidence ?? []).map(escapeMarkdown).join('<br>'),
  ]);
  return [formatTable(['', 'Reason', 'Evidence'], rows)];
}

function fixList({ reasons }: CheckReport): readonly string[] {
  const fixes = fixesOf(reasons).map((fix) => `- ${escapeMarkdown(fix)}`);
  return fixes.length === 0 ? [] : ['### What to do', fixes.join('\n')];
}

function datasetsTable(datasets: readonly DatasetReport[]): readonly string[] {
  if (datasets.length === 0) return [];
  const rows = datasets.map((dataset) => [
    escapeMarkdown(dataset.name),
    escapeMarkdown(dataset.path),
    formatNumber(dataset.rows),
    formatNumber(dataset.findings.length),
    dataset.verdict,
  ]);
  return ['### Data', formatTable(['Dataset', 'Path', 'Rows:', 'Findings:', 'Verdict'], rows)];
}

function metricsTable(metrics: readonly MetricComparison[]): readonly string[] {
  if (metrics.length === 0) return [];
  const value = (number: number | null): string => (number === null ? '' : formatNumber(number));
  const rows = metrics.map((metric) => [
    escapeMarkdown(metric.model),
    escapeMarkdown(metric.name),
    value(metric.base),
    value(metric.candidate),
    metric.delta === null ? '' : formatSigned(metric.delta),
    metric.change,
    metric.result,
  ]);
  const titles = ['Model', 'Metric', 'Base:', 'Candidate:', 'Delta:', 'Change', 'Result'];
  return ['### Models', formatTable(titles, rows)];
}

/** A colon after a title aligns its column to the right. */
function formatTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(titles.map((title) => title.replace(/:$/, ''))),
    row(titles.map((title) => (title.endsWith(':') ? '---:' : '---'))),
    ...rows.map(row),
  ].join('\n');
}
