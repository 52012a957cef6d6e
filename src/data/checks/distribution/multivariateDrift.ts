import { canonicalJson } from '../../../base/canonicalJson';
import { formatNumber, formatShare } from '../../../base/format';
import { boundsOfCell } from '../../profile/cellTrees';
import type { CellTree, RowCells } from '../../profile/profile';
import type { Finding } from '../../finding';
import { allowRule } from '../../schema/schemaEdit';
import { homogeneityTest } from '../../statistics/contingency';
import {
  mergeSmallCells,
  stabilityIndex,
  type CellShare,
  type StabilityIndex,
} from '../../statistics/stabilityIndex';
import {
  acceptingDataset,
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  type Check,
  type CheckContext,
} from '../check';
import { columnEmpty } from '../completeness/columnEmpty';
import { nullsIncreased } from '../completeness/nullsIncreased';
import { columnsSwapped } from '../values/columnsSwapped';
import { constantColumn } from '../values/constantColumn';
import { correlationChanged } from './correlationChanged';
import { drift } from './drift';
import { labelDrift } from './labelDrift';

const RULE = 'multivariate-drift';

/** A population stability index that counts, as that of a single column. */
const LEAST_INDEX = 0.1;

/** Of all trees together: without any change one table in two thousand fails, one in a hundred warns. */
const FAILING = 0.0005;
const WARNING = 0.01;

/** One-sided 95 %. */
const Z = 1.645;

/** Whatever one of these says changes the rows as well. */
const TELLING: readonly Check[] = [
  drift,
  labelDrift,
  correlationChanged,
  nullsIncreased,
  columnEmpty,
  constantColumn,
  columnsSwapped,
];

interface JudgedTree {
  readonly tree: CellTree;
  readonly columns: readonly string[];
  readonly index: StabilityIndex;
  readonly p: number;
  readonly fails: boolean;
}

/**
 * Rows are distributed differently over several columns together, where no column and no pair of them tells it: many
 * columns moved a little, or some combination of values became frequent or rare.
 */
export const multivariateDrift: Check = {
  rule: RULE,
  find: (context) => {
    const changed = changedTrees(context);
    const [first] = changed;
    if (first === undefined || isTold(context)) return [];
    return [tell(context, first)];
  },
};

function isTold(context: CheckContext): boolean {
  return TELLING.some((check) => check.find(context).some(({ severity }) => severity !== 'info'));
}

/** The trees that fail or warn, those that are surest first. */
function changedTrees(context: CheckContext): readonly JudgedTree[] {
  const before = context.reference?.facts?.cells;
  const now = context.current.facts?.cells;
  if (before === undefined || now === undefined || !areSameCells(before, now)) return [];
  const judged = before.trees.flatMap((tree, at) => {
    const columns = namesOf(before, tree);
    const cells = tree.counts.map((reference, cell) => ({
      members: [cell],
      reference,
      current: now.trees[at]?.counts[cell] ?? 0,
    }));
    const merged = mergeSmallCells(cells);
    const index = stabilityIndex(merged, Z);
    if (index === undefined || !areComparable(context, columns)) return [];
    return [{ tree, columns, index, p: homogeneityTest(merged).p }];
  });
  return judged
    .filter(({ index, p }) => index.debiased >= LEAST_INDEX && p <= WARNING / judged.length)
    .map((each) => {
      const { index, p } = each;
      return { ...each, fails: p <= FAILING / judged.length && index.lower >= LEAST_INDEX };
    })
    .sort((a, b) => Number(b.fails) - Number(a.fails) || b.index.lower - a.index.lower);
}

/** The counts of a column that was added or is missing are on trees of their own. */
function areSameCells(before: RowCells, now: RowCells): boolean {
  const cutsOf = ({ columns, trees }: RowCells) =>
    canonicalJson([columns, trees.map(({ cuts }) => cuts)]);
  return cutsOf(before) === cutsOf(now);
}

function namesOf({ columns }: RowCells, { cuts }: CellTree): readonly string[] {
  return [...new Set(cuts.map(({ column }) => columns[column] ?? ''))];
}

/** Where a column of it may drift, or names the rows, a tree tells nothing. */
function areComparable(context: CheckContext, columns: readonly string[]): boolean {
  const { key, group } = context.dataset;
  const known = new Map(knownColumns(context).map((column) => [column.name, column]));
  return columns.every((name) => {
    const column = known.get(name);
    const limit = column?.schema.drift ?? LEAST_INDEX;
    return (
      column !== undefined &&
      name !== key &&
      name !== group &&
      column.reference?.unique !== true &&
      limit !== 'ignore' &&
      limit <= LEAST_INDEX
    );
  });
}

function tell({ dataset }: CheckContext, judged: JudgedTree): Finding {
  const { columns, index, fails } = judged;
  const moves = [...index.cells]
    .sort((a, b) => b.contribution - a.contribution)
    .map((cell) => describeMove(judged, cell));
  const value = formatNumber(index.debiased);
  const certainty = fails ? `at least ${formatNumber(index.lower)}` : 'uncertain';
  return {
    rule: RULE,
    severity: fails ? 'error' : 'warning',
    dataset: dataset.name,
    message: `The rows are distributed differently over ${listValues(columns.map(quote), 4)} together, though no column is by itself: ${moves[0] ?? ''} (PSI ${value}, ${certainty}).`,
    observed: `PSI ${value}`,
    expected: `PSI below ${LEAST_INDEX}`,
    effect: { value: index.debiased, unit: 'PSI', lower: index.lower, threshold: LEAST_INDEX },
    samples: moves.slice(0, MOST_SAMPLES),
    fix: acceptingDataset(RULE, `Do not apply ${RULE} to this dataset`, allowRule(RULE)),
  };
}

/** `"age" up to 30, "income" above 52,000 (6.1 % → 14 %)`. */
function describeMove({ tree, columns }: JudgedTree, cell: CellShare): string {
  const places = cell.members.map((member) => describeCell(tree, columns, member));
  const shares = `${formatShare(cell.referenceShare)} → ${formatShare(cell.currentShare)}`;
  return `${listValues(places, 1)} (${shares})`;
}

function describeCell(tree: CellTree, columns: readonly string[], cell: number): string {
  // In the order of their first cuts, as the columns are.
  const ids = [...new Set(tree.cuts.map(({ column }) => column))];
  const bounds = boundsOfCell(tree, cell);
  const parts = ids.flatMap((id, at) => {
    const { above, upTo } = bounds.get(id) ?? {};
    const name = quote(columns[at] ?? '');
    if (above !== undefined && upTo !== undefined)
      return [`${name} above ${formatNumber(above)} up to ${formatNumber(upTo)}`];
    if (above !== undefined) return [`${name} above ${formatNumber(above)}`];
    return upTo === undefined ? [] : [`${name} up to ${formatNumber(upTo)}`];
  });
  return parts.join(', ');
}
