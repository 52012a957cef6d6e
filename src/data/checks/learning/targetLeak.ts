import { formatNumber, formatShare } from '../../../base/format';
import type { Effect, Finding, Severity } from '../../finding';
import { valueCount, type Association, type LabelFacts, type Profile } from '../../profile/profile';
import { areaError, type TwoClasses } from '../../statistics/association';
import { quote, silencing, type Check, type CheckContext } from '../check';

const RULE = 'target-leak';

/** What one honest feature seldom reaches: of clean public tables the best has an area of 0.990 and a share of 0.78. */
const SUSPECT = { area: 0.99, least: 0.5, score: 0.9 } as const;
const CERTAIN = { area: 0.99, score: 0.97 } as const;

const LEAST_OF_CLASS = 30;
const LEAST_ROWS = 100;

/** Associations are measured on no more rows. */
const MOST_MEASURED = 30_000;

/** One-sided 99 %. */
const Z = 2.326;

/** Roles of data that a model is tested on or meets: what leaks there leaks in the training data first. */
const LEARNT_FROM: ReadonlySet<string> = new Set(['train', 'reference', 'other']);

/** One column alone, or whether its value is missing, tells the label nearly always: it may be known only after it. */
export const targetLeak: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { dataset, current } = context;
  const label = current.facts?.label;
  if (label === undefined || !LEARNT_FROM.has(dataset.role)) return [];
  if (!hasEnoughRows(current, label)) return [];
  return label.associations.flatMap((association) => {
    const { missing } = association;
    if (missing !== undefined && isSuspect(missing))
      return [describe(context, label, association, missing)];
    return isSuspect(association) ? [describe(context, label, association, association)] : [];
  });
}

type Strength = Pick<Association, 'score' | 'auc'>;

function isSuspect({ score, auc }: Strength): boolean {
  return score >= SUSPECT.score || ((auc ?? 0) >= SUSPECT.area && score >= SUSPECT.least);
}

function hasEnoughRows(profile: Profile, { column, classes }: LabelFacts): boolean {
  if (classes?.length === 2) return classes.every(({ count }) => count >= LEAST_OF_CLASS);
  const own = profile.columns.find(({ name }) => name === column);
  return own !== undefined && valueCount(profile, own) >= LEAST_ROWS;
}

/** The lower bound of the area, of as many rows as it was measured on. */
function lowerArea(auc: number, { classes = [] }: LabelFacts): number {
  const rows = classes.reduce((sum, { count }) => sum + count, 0);
  const scale = Math.min(1, MOST_MEASURED / rows);
  const [a = 0, b = 0] = classes.map(({ count }) => count * scale);
  const sides: TwoClasses = [a, b];
  return auc - Z * areaError(auc, sides);
}

function severityOf(confirmed: boolean, { score, auc }: Strength, label: LabelFacts): Severity {
  if (!confirmed) return 'info';
  const isCertain =
    score >= CERTAIN.score || (auc !== undefined && lowerArea(auc, label) >= CERTAIN.area);
  return isCertain ? 'error' : 'warning';
}

function describe(
  { dataset, confirmed }: CheckContext,
  label: LabelFacts,
  { column }: Association,
  strength: Strength,
): Finding {
  const { score, auc } = strength;
  const isOwn = 'column' in strength;
  const what = isOwn ? quote(column) : `Whether ${quote(column)} is missing`;
  const share = `${formatShare(score)} of what there is to know about it`;
  const observed =
    auc === undefined ? share : `${share}, an area under the ROC curve of ${formatNumber(auc, 4)}`;
  const effect: Effect =
    auc === undefined
      ? { value: score, unit: 'share', threshold: SUSPECT.score }
      : { value: auc, unit: 'AUC', threshold: SUSPECT.area, lower: lowerArea(auc, label) };
  return {
    rule: RULE,
    severity: severityOf(confirmed, strength, label),
    dataset: dataset.name,
    column,
    message: `${what} alone tells ${quote(label.column)}: ${observed}. Is it known before the label is?`,
    observed,
    expected: 'no column that tells the label by itself',
    effect,
    samples: [],
    ...(isOwn ? {} : { where: { kind: 'missing', column } }),
    fix: silencing(RULE, column),
  };
}
