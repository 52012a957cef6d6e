import { formatNumber, formatShare } from '../../base/format';
import type { Finding } from '../finding';
import { columnPath, roundUp } from '../schema/schemaEdit';
import { normalQuantile } from '../statistics/normal';
import { stabilityIndex, type StabilityIndex } from '../statistics/stabilityIndex';
import {
  accepting,
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  type Check,
  type CheckContext,
  type KnownColumn,
} from './check';
import { driftCells, type DriftCells } from './driftCells';

const RULE = 'drift';

/** The population stability index that counts as a change, where the schema sets no other. */
export const DEFAULT_DRIFT = 0.1;

interface JudgedColumn {
  readonly column: KnownColumn;
  readonly threshold: number;
  readonly cells: DriftCells;
  readonly index: StabilityIndex;
}

/**
 * The distribution of a column changed. An error where the lower confidence bound of the debiased index reaches the
 * threshold; a warning where the index itself does and is no accident at 1 %. Where the noise of samples of these sizes
 * is above the threshold, nothing can be told, and that is said.
 */
export const drift: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const judged = judgeColumns(context);
  const findings = judged.flatMap((each) => judge(context, each));
  const found = new Set(findings.map(({ column }) => column));
  const untold = judged.filter(
    ({ column, index, threshold }) => index.noise > threshold && !found.has(column.name),
  );
  return [...findings, ...tellTooSmall(context, untold)];
}

function judgeColumns(context: CheckContext): JudgedColumn[] {
  const { current, reference } = context;
  if (reference === undefined) return [];
  const columns = knownColumns(context).filter((column) => canDrift(context, column));
  const z = confidence(columns.length);
  return columns.flatMap((column) => {
    if (column.reference === undefined || column.schema.drift === 'ignore') return [];
    const cells = driftCells(column.current, column.reference, { current, reference });
    const index = cells === undefined ? undefined : stabilityIndex(cells.cells, z);
    if (cells === undefined || index === undefined) return [];
    return [{ column, threshold: column.schema.drift ?? DEFAULT_DRIFT, cells, index }];
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

/** One-sided 1 % for each column, shared among the columns where there are more than 50 (Bonferroni). */
function confidence(columns: number): number {
  return columns > 50 ? normalQuantile(1 - 0.01 / columns) : 2.33;
}

function judge({ dataset }: CheckContext, judged: JudgedColumn): Finding[] {
  const { column, threshold, cells, index } = judged;
  const fails = index.lower >= threshold;
  const warns = index.debiased >= threshold && index.significant;
  if (!fails && !warns) return [];
  const moved = [...index.cells].sort((a, b) => b.contribution - a.contribution);
  const changes = moved.map(
    (cell) =>
      `${cells.nameOf(cell)} (${formatShare(cell.referenceShare)} → ${formatShare(cell.currentShare)})`,
  );
  const psi = `PSI ${formatNumber(index.debiased)}`;
  const certain = fails ? `at least ${formatNumber(index.lower)}` : 'uncertain';
  return [
    {
      rule: RULE,
      severity: fails ? 'error' : 'warning',
      dataset: dataset.name,
      column: column.name,
      message: `The values of ${quote(column.name)} are distributed differently: ${listValues(changes, 2)} (${psi}, ${certain}).`,
      observed: psi,
      expected: `PSI below ${formatNumber(threshold)}`,
      effect: { value: index.debiased, unit: 'PSI', lower: index.lower, threshold },
      samples: changes.slice(0, MOST_SAMPLES),
      fix: accepting(RULE, column.name, `Allow this much change in ${quote(column.name)}`, {
        action: 'set',
        path: columnPath(column.name, 'drift'),
        value: roundUp(Math.max(index.debiased, DEFAULT_DRIFT) * 1.01),
      }),
    },
  ];
}

function tellTooSmall(
  { dataset, current, reference }: CheckContext,
  untold: readonly JudgedColumn[],
): Finding[] {
  if (untold.length === 0 || reference === undefined) return [];
  const names = untold.map(({ column }) => quote(column.name));
  const rows = `${formatNumber(current.rows)} rows against ${formatNumber(reference.rows)}`;
  return [
    {
      rule: RULE,
      severity: 'info',
      dataset: dataset.name,
      message: `Too few rows to tell whether ${listValues(names)} drifted: ${rows}.`,
      observed: rows,
      expected: 'enough rows that chance alone moves the distribution by less than the threshold',
      samples: untold.slice(0, MOST_SAMPLES).map(({ column }) => column.name),
    },
  ];
}
