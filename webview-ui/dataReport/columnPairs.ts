import type { ColumnProfile, DatasetReport, Finding } from '../../src/protocol/content';
import { byWeight, findingWeight } from './findingReason';

/** One column on both sides, with what was found in it, gravest first. */
export interface ColumnPair {
  readonly name: string;
  readonly reference: ColumnProfile | undefined;
  /** Undefined where the column is missing now. */
  readonly current: ColumnProfile | undefined;
  readonly findings: readonly Finding[];
}

/** All columns of both sides: those with the gravest findings first, otherwise as they stand in the data. */
export function columnPairs(report: DatasetReport): readonly ColumnPair[] {
  const before = new Map(report.reference?.columns.map((column) => [column.name, column]));
  const after = new Map(report.columns.map((column) => [column.name, column]));
  const found = groupByColumn(report.findings);
  const pairs = [...new Set([...after.keys(), ...before.keys()])].map((name) => ({
    name,
    reference: before.get(name),
    current: after.get(name),
    findings: byWeight(found.get(name) ?? []),
  }));
  return pairs.toSorted((a, b) => pairWeight(b) - pairWeight(a));
}

function groupByColumn(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.column === undefined) continue;
    const group = groups.get(finding.column);
    if (group === undefined) groups.set(finding.column, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** 0 where nothing was found. */
export function pairWeight({ findings }: ColumnPair): number {
  const [gravest] = findings;
  return gravest === undefined ? 0 : findingWeight(gravest);
}

/** Those whose name has the text in it, in any case of letters, and which have findings where asked for. */
export function filterPairs(
  pairs: readonly ColumnPair[],
  search: string,
  onlyFindings: boolean,
): readonly ColumnPair[] {
  const wanted = search.trim().toLowerCase();
  return pairs.filter(
    ({ name, findings }) =>
      name.toLowerCase().includes(wanted) && (!onlyFindings || findings.length > 0),
  );
}
