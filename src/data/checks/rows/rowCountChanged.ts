import { formatNumber } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
import { acceptingDataset, type Check, type CheckContext } from '../check';

const RULE = 'row-count-changed';

/** Fewer than half of the rows, or more than twice as many. */
const LARGE_RATIO = 2;

/** Each side is judged by the schema's limit; where it has none, against the reference. */
export const rowCountChanged: Check = { rule: RULE, find };

type Side = 'min' | 'max';

function find(context: CheckContext): readonly Finding[] {
  return [...judge(context, 'min'), ...judge(context, 'max')];
}

function judge(context: CheckContext, side: Side): Finding[] {
  const { current, reference, schema } = context;
  const limit = schema.rows?.[side];
  if (limit !== undefined) {
    if (!isBeyond(current.rows, limit, side)) return [];
    const expected = `at ${side === 'min' ? 'least' : 'most'} ${formatRows(limit)}`;
    return [describe(context, side, 'error', expected, `${expected} are allowed`)];
  }
  const before = reference?.rows ?? 0;
  const bound = side === 'min' ? before / LARGE_RATIO : before * LARGE_RATIO;
  if (before === 0 || !isBeyond(current.rows, bound, side)) return [];
  const expected = `${formatRows(before)} before`;
  return [describe(context, side, 'warning', expected, `there were ${expected}`)];
}

function isBeyond(rows: number, bound: number, side: Side): boolean {
  return side === 'min' ? rows < bound : rows > bound;
}

/** All digits: a limit that is missed by one row must not look like one that is kept. */
function formatRows(rows: number): string {
  return formatNumber(rows, 15);
}

function describe(
  { dataset, current: { rows } }: CheckContext,
  side: Side,
  severity: Severity,
  expected: string,
  against: string,
): Finding {
  const observed = formatRows(rows);
  return {
    rule: RULE,
    severity,
    dataset: dataset.name,
    message: `The number of rows is ${observed}; ${against}.`,
    observed,
    expected,
    effect: { value: rows, unit: 'rows' },
    samples: [],
    fix: acceptingDataset(RULE, `Allow ${observed} rows`, {
      action: 'set',
      path: ['rows', side],
      value: rows,
    }),
  };
}
