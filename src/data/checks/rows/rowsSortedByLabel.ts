import { formatCount, formatNumber } from '../../../base/format';
import type { Finding } from '../../finding';
import type { Profile } from '../../profile/profile';
import { allowRule } from '../../schema/schemaEdit';
import { acceptingDataset, quote, type Check, type CheckContext } from '../check';

const RULE = 'rows-sorted-by-label';

/** Nearly sorted: fewer than one in twenty of the changes that rows in a random order have. */
const LARGEST_SHARE = 0.05;

/** With fewer, the order of a small table may be one of chance. */
const LEAST_EXPECTED = 20;

/** The rows that a model learns from stand in the order of their label, or nearly so. */
export const rowsSortedByLabel: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { dataset, current, reference, confirmed } = context;
  const order = orderOf(current);
  if (dataset.role !== 'train' || order === undefined || !isSorted(order)) return [];
  const before = reference === undefined ? undefined : orderOf(reference);
  const wasSorted = before === undefined ? !confirmed : isSorted(before);
  const { column, changes, expected } = order;
  const usual = formatNumber(Math.round(expected));
  return [
    {
      rule: RULE,
      severity: wasSorted ? 'info' : 'warning',
      dataset: dataset.name,
      column,
      message: `The rows are sorted by ${quote(column)}: it changes ${formatCount(changes, 'time')} from one row to the next, where rows in a random order change about ${usual} times.`,
      observed: formatCount(changes, 'change'),
      expected: `about ${usual} changes`,
      effect: {
        value: changes / expected,
        unit: 'share',
        threshold: LARGEST_SHARE,
      },
      samples: [],
      fix: acceptingDataset(
        RULE,
        'The training shuffles the rows: do not look at their order',
        allowRule(RULE),
      ),
    },
  ];
}

interface LabelOrder {
  readonly column: string;
  readonly changes: number;
  /** Of rows in a random order. */
  readonly expected: number;
}

/**
 * Of n rows with nᵢ of each class, a random order has n − Σ nᵢ² / n changes on average: one less than its runs (Wald and
 * Wolfowitz 1940; for several classes Barton and David 1957).
 */
function orderOf({ facts }: Profile): LabelOrder | undefined {
  const { label } = facts ?? {};
  if (label?.classes === undefined || label.classes.length < 2) return undefined;
  const rows = label.classes.reduce((sum, { count }) => sum + count, 0);
  const squares = label.classes.reduce((sum, { count }) => sum + count * count, 0);
  return { column: label.column, changes: label.changes, expected: rows - squares / rows };
}

function isSorted({ changes, expected }: LabelOrder): boolean {
  return expected >= LEAST_EXPECTED && changes < LARGEST_SHARE * expected;
}
