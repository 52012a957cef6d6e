import { formatCount, formatNumber, formatShare } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
import type { OverlapFacts } from '../../profile/pairFacts';
import { allowRule } from '../../schema/schemaEdit';
import { newcombeInterval } from '../../statistics/proportions';
import { acceptingDataset, listValues, MOST_SAMPLES, quote } from '../check';
import type { PairCheck, PairContext } from '../pairCheck';
import { overlapByChance } from './overlapByChance';

const RULE = 'train-test-overlap';

/** Of the rows, beyond chance. One-sided 99.95 % and 99 %. */
const LEVELS = [
  { severity: 'error', share: 0.05, z: 3.29 },
  { severity: 'warning', share: 0.01, z: 2.326 },
] as const satisfies readonly { severity: Severity; share: number; z: number }[];

/** More rows of the dataset are training rows than chance would make so. */
export const trainTestOverlap: PairCheck = { rule: RULE, find };

function find(context: PairContext): readonly Finding[] {
  const { overlap } = context.facts;
  if (overlap === undefined || overlap.of === 0 || overlap.train === 0) return [];
  const chance = overlapByChance(overlap, context.train);
  for (const { severity, share, z } of LEVELS) {
    const lower = excessOf(overlap, chance, z);
    if (lower > share) return [describe(context, overlap, chance, { severity, share, lower })];
  }
  return [];
}

/** The lower bound of the share of rows beyond chance, which is known as well as the training rows tell it. */
function excessOf({ rows, of, train }: OverlapFacts, chance: number, z: number): number {
  const observed = { count: rows, total: of };
  return newcombeInterval(observed, { count: chance * train, total: train }, z).lower;
}

interface Judged {
  readonly severity: Severity;
  readonly share: number;
  readonly lower: number;
}

function describe(
  { dataset, train }: PairContext,
  overlap: OverlapFacts,
  chance: number,
  { severity, share, lower }: Judged,
): Finding {
  const { rows, of, withLabel, columns, samples } = overlap;
  const observed = rows / of;
  const same =
    withLabel === undefined ? '' : `, ${formatNumber(withLabel)} of them with the same label`;
  const byChance = chance < 0.0001 ? 'none' : formatShare(chance);
  const rest = columns.length > 3 ? `all ${columns.length} compared columns` : named(columns);
  return {
    rule: RULE,
    severity,
    dataset: dataset.name,
    message: `${formatCount(rows, 'row')} of ${formatNumber(of)} (${formatShare(observed)}) ${rows === 1 ? 'is' : 'are'} also in the training data ${quote(train.dataset.name)}, by ${rest}${same}. By chance it would be ${byChance}.`,
    observed: `${formatShare(observed)} of the rows`,
    expected: `${byChance === 'none' ? 'none' : `about ${byChance}`} by chance, and less than ${formatShare(share)} more`,
    effect: { value: observed - chance, unit: 'share', lower, threshold: share },
    samples: samples.slice(0, MOST_SAMPLES).map(({ value }) => value),
    fix: acceptingDataset(RULE, `Do not apply ${RULE} to this dataset`, allowRule(RULE)),
  };
}

function named(columns: readonly string[]): string {
  return listValues(columns.map(quote));
}
