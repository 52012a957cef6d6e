import { drift } from '../../../src/data/checks/distribution/drift';
import type { Finding } from '../../../src/data/finding';
import type { Profile } from '../../../src/data/profile/profile';
import type { Dataset } from '../../../src/project/project';
import type { ColumnPair } from './columnPairs';

/** What simulated profiles are said to be of. */
export const DATASET: Dataset = {
  name: 'simulated',
  path: 'simulated.parquet',
  role: 'train',
  format: 'parquet',
  evidence: [],
};

/** What the rule `drift` says of each column of a table, by the same code that judges a user's. */
export function judgeTable(
  columns: readonly ColumnPair[],
  n: number,
  m: number,
): readonly ('fail' | 'warn' | 'pass')[] {
  const names = columns.map((_, at) => `c${at}`);
  const profileOf = (rows: number, side: keyof ColumnPair): Profile => ({
    rows,
    columns: columns.map((pair, at) => ({ ...pair[side], name: `c${at}` })),
    exact: true,
  });
  const findings = drift.find({
    dataset: DATASET,
    current: profileOf(m, 'current'),
    reference: profileOf(n, 'reference'),
    schema: { columns: names.map((name) => ({ name })) },
    confirmed: true,
    now: new Date(0),
  });
  const verdicts = new Map(findings.map((finding) => [finding.column, verdictOf(finding)]));
  return names.map((name) => verdicts.get(name) ?? 'pass');
}

function verdictOf({ severity }: Finding): 'fail' | 'warn' | 'pass' {
  if (severity === 'error') return 'fail';
  return severity === 'warning' ? 'warn' : 'pass';
}
