import type { Profile } from '../data/profile/profile';
import type { DatasetReport, ValidationReport } from '../data/report';

/**
 * A report without what only the checks and the next baseline need of its profiles (correlations, trees of cells): of a
 * wide table that is most of it, and all of it would be sent to the view.
 */
export function shownReport({ verdict, datasets }: ValidationReport): ValidationReport {
  return { verdict, datasets: datasets.map(shownDataset) };
}

function shownDataset(report: DatasetReport & Partial<Profile>): DatasetReport {
  const { facts: _facts, files: _files, ...shown } = report;
  return shown;
}
