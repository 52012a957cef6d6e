import type { DatasetReport, ValidationReport } from '../data/report';

/**
 * A report without what only the checks and the next baseline need of its profiles (correlations, trees of cells): of a
 * wide table that is most of it, and all of it would be sent to the view.
 */
export function shownReport({ verdict, datasets }: ValidationReport): ValidationReport {
  return { verdict, datasets: datasets.map(shownDataset) };
}

function shownDataset(report: DatasetReport): DatasetReport {
  const { name, path, role, format, verdict, rows, columns, reference } = report;
  const { findings, problems, exact, seconds } = report;
  return {
    name,
    path,
    role,
    format,
    verdict,
    rows,
    columns,
    ...(reference === undefined ? {} : { reference }),
    findings,
    problems,
    exact,
    seconds,
  };
}
