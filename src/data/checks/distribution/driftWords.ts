import { formatNumber, formatShare, formatSigned } from '../../../base/format';
import type { ChangeEvidence, DistributionChange } from '../../statistics/distributionChange';
import type { DriftCells } from './driftCells';

/** `a (10 % → 25 %)`: the category or bin that a finding is about first, then those that moved most. */
export function describeMoves(
  cells: DriftCells,
  { index }: DistributionChange,
  { cell }: ChangeEvidence,
): readonly string[] {
  const moved = [...index.cells].sort((a, b) => b.contribution - a.contribution);
  const words = moved.map(
    (each) =>
      `${cells.nameOf(each)} (${formatShare(each.referenceShare)} → ${formatShare(each.currentShare)})`,
  );
  if (cell === undefined) return words;
  const { n, m } = totalsOf(cells);
  const own = `${cells.nameOf(cell)} (${formatShare(cell.reference / n)} → ${formatShare(cell.current / m)})`;
  const name = cells.nameOf(cell);
  return [own, ...words.filter((_, at) => moved[at] && cells.nameOf(moved[at]) !== name)];
}

function totalsOf({ fine, totals }: DriftCells): { readonly n: number; readonly m: number } {
  return (
    totals ?? {
      n: fine.reduce((sum, each) => sum + each.reference, 0),
      m: fine.reduce((sum, each) => sum + each.current, 0),
    }
  );
}

/** `PSI 0.24, at least 0.2`, `moved by +0.5 σ, uncertain`. */
export function describeEvidence(
  evidence: ChangeEvidence,
  certainty?: 'at least' | 'uncertain',
): string {
  const words = sizeOf(evidence);
  if (certainty === undefined) return words;
  return `${words}, ${certainty === 'uncertain' ? certainty : `at least ${amountOf(evidence, evidence.lower)}`}`;
}

function sizeOf(evidence: ChangeEvidence): string {
  const { kind, value, unit, direction = 1 } = evidence;
  if (kind === 'index') return `PSI ${formatNumber(value)}`;
  if (kind === 'shift') return `moved by ${formatSigned(direction * value)} σ`;
  if (unit === 'share') return `moved by ${formatSigned(direction * value * 100)} points`;
  return `${formatNumber(value)} times as ${direction > 0 ? 'frequent' : 'rare'}`;
}

function amountOf({ unit }: ChangeEvidence, value: number): string {
  switch (unit) {
    case 'PSI':
      return formatNumber(value);
    case 'σ':
      return `${formatNumber(value)} σ`;
    case 'share':
      return `${formatNumber(value * 100)} points`;
    case 'ratio':
      return `${formatNumber(value)} times`;
  }
}

export function expectedOf(evidence: ChangeEvidence): string {
  const limit = amountOf(evidence, evidence.threshold);
  return evidence.kind === 'index' ? `PSI below ${limit}` : `a change below ${limit}`;
}
