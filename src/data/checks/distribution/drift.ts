import { formatNumber } from '../../../base/format';
import type { Finding } from '../../finding';
import { columnPath, roundUp } from '../../schema/schemaEdit';
import {
  DEFAULT_INDEX,
  distributionChange,
  type ChangeEvidence,
  type ChangeLimits,
  type DistributionChange,
} from '../../statistics/distributionChange';
import {
  accepting,
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { categoryUnknown } from '../values/categoryUnknown';
import { driftCells, type DriftCells } from './driftCells';
import { describeEvidence, describeMoves, expectedOf } from './driftWords';
import { isUnknownAlone } from './unknownAlone';

/** The population stability index that counts as a change, where the schema sets no other. */
export const DEFAULT_DRIFT = DEFAULT_INDEX;

/** Which columns a rule compares, and how many points of share count as a change in them. */
export interface DriftRule {
  readonly rule: string;
  readonly points: number;
  readonly compares: (context: CheckContext, column: KnownColumn) => boolean;
  /** What the data are compared with, where it is not their own past: `the training data`. */
  readonly than?: string;
}

/** All but the label. A category that is no rare one counts as changed from 10 points on: there, 10 % have doubled. */
const FEATURES: DriftRule = {
  rule: 'drift',
  points: 0.1,
  compares: ({ dataset }, { name }) => name !== dataset.label,
};

/** Without any change one table in two thousand fails, and one column in 66 warns: below what is promised. */
const FAILING_TABLES = 0.0005;
const WARNING_COLUMNS = 0.015;
/** A table of few columns is not judged more boldly than one of ten. */
const LEAST_COLUMNS = 10;

interface JudgedColumn {
  readonly column: KnownColumn;
  readonly threshold: number;
  readonly cells: DriftCells;
  readonly change: DistributionChange;
  readonly limits: ChangeLimits;
}

/**
 * The distribution of a column changed, its values moved, or a category became more frequent or rare: an error where
 * that is certainly more than the threshold and no accident in one of a thousand tables, a warning where it is as large
 * as measured and hardly one. Where the noise of samples of these sizes is above the threshold, little can be told, and
 * that is said.
 */
export const drift: Check = {
  rule: FEATURES.rule,
  find: (context) => findDrift(context, FEATURES),
};

export function findDrift(context: CheckContext, rule: DriftRule): readonly Finding[] {
  const judged = judgeColumns(context, rule);
  const findings = judged.flatMap((each) => judge(context, each, rule));
  const found = new Set(findings.map(({ column }) => column));
  const untold = judged.filter(
    ({ column, change, threshold }) =>
      change.index.noise > threshold && !found.has(column.name) && isChanged(change),
  );
  return [...findings, ...tellTooSmall(context, untold, rule.rule)];
}

/** Of the same data there is nothing to tell. */
function isChanged({ index }: DistributionChange): boolean {
  return index.cells.some(({ contribution }) => contribution !== 0);
}

function judgeColumns(context: CheckContext, { points, compares }: DriftRule): JudgedColumn[] {
  const { current, reference } = context;
  if (reference === undefined) return [];
  const columns = knownColumns(context).filter(
    (column) => canDrift(context, column) && compares(context, column),
  );
  const limits = {
    points,
    failing: FAILING_TABLES / Math.max(columns.length, LEAST_COLUMNS),
    warning: WARNING_COLUMNS,
  };
  return columns.flatMap((column) => {
    if (column.reference === undefined || column.schema.drift === 'ignore') return [];
    const threshold = column.schema.drift ?? DEFAULT_DRIFT;
    const cells = driftCells(column.current, column.reference, { current, reference });
    const own = { ...limits, index: threshold };
    const change = cells && distributionChange(cells, own);
    if (cells === undefined || change === undefined) return [];
    return [{ column, threshold, cells, change, limits: own }];
  });
}

/** Numbers of rows, keys and groups change with every version of the data. */
function canDrift({ dataset }: CheckContext, { name, reference, current }: KnownColumn): boolean {
  return (
    reference !== undefined &&
    reference.unique !== true &&
    reference.type === comparableType(current.type, reference.type) &&
    name !== dataset.key &&
    name !== dataset.group
  );
}

/** Whole numbers and others are compared as numbers; what changed its type otherwise is the type check's matter. */
function comparableType(current: string, reference: string): string {
  const isNumber = (type: string) => type === 'integer' || type === 'number';
  return isNumber(current) && isNumber(reference) ? reference : current;
}

function judge(context: CheckContext, judged: JudgedColumn, { rule, than }: DriftRule): Finding[] {
  const { column, cells, change } = judged;
  const [first] = change.evidence;
  if (first === undefined) return [];
  const moves = describeMoves(cells, change, first);
  const certainty = change.verdict === 'fail' ? 'at least' : 'uncertain';
  const evidence = describeEvidence(first, certainty);
  return [
    {
      rule,
      severity: change.verdict === 'fail' ? 'error' : 'warning',
      dataset: context.dataset.name,
      column: column.name,
      message: `The values of ${quote(column.name)} are distributed differently${than === undefined ? '' : ` than in ${than}`}: ${listValues(moves, 2)} (${evidence}).`,
      observed: describeEvidence(first),
      expected: expectedOf(first),
      effect: {
        value: first.value,
        unit: first.unit,
        lower: first.lower,
        threshold: first.threshold,
      },
      samples: moves.slice(0, MOST_SAMPLES),
      ...(than === undefined ? becauseOf(context, judged) : {}),
      fix: accepting(rule, column.name, `Allow this much change in ${quote(column.name)}`, {
        action: 'set',
        path: columnPath(column.name, 'drift'),
        value: roundUp(largestOf(change.evidence) * 1.01),
      }),
    },
  ];
}

/** A new category changes the distribution as well: that is one cause, not two. */
function becauseOf(
  { current, reference }: CheckContext,
  { column, limits }: JudgedColumn,
): Pick<Finding, 'because'> {
  const isAlone = reference !== undefined && isUnknownAlone(column, { current, reference }, limits);
  return isAlone ? { because: categoryUnknown.rule } : {};
}

/** On the scale of the index, so that no test finds it again. */
function largestOf(evidence: readonly ChangeEvidence[]): number {
  return Math.max(DEFAULT_DRIFT, ...evidence.map(({ scaled }) => scaled));
}

function tellTooSmall(
  { dataset, current, reference }: CheckContext,
  untold: readonly JudgedColumn[],
  rule: string,
): Finding[] {
  if (untold.length === 0 || reference === undefined) return [];
  const names = untold.map(({ column }) => quote(column.name));
  const rows = `${formatNumber(current.rows)} rows against ${formatNumber(reference.rows)}`;
  return [
    {
      rule,
      severity: 'info',
      dataset: dataset.name,
      message: `Too few rows to tell whether ${listValues(names)} drifted: ${rows}.`,
      observed: rows,
      expected: 'enough rows that chance alone moves the distribution by less than the threshold',
      samples: untold.slice(0, MOST_SAMPLES).map(({ column }) => column.name),
    },
  ];
}
