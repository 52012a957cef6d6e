import { formatCount } from '../../../base/format';
import type { Finding, Fix, RowFilter } from '../../finding';
import type { KeyFacts } from '../../profile/profile';
import { allowRule, columnPath } from '../../schema/schemaEdit';
import {
  accepting,
  acceptingDataset,
  listValues,
  MOST_SAMPLES,
  quote,
  type Check,
  type CheckContext,
} from '../check';
import { formatPart } from '../increase';

const RULE = 'key-not-unique';

/** The declared key, or a column that the schema says is unique, repeats; or rows have no key. */
export const keyNotUnique: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { key, uniques = [] } = context.current.facts ?? {};
  const own = key?.columns.length === 1 ? key.columns[0] : undefined;
  const others = uniques.filter(({ columns }) => columns[0] !== own);
  return [
    ...(key === undefined ? [] : judge(context, key, fixOfKey(key))),
    // A column may be unique and have no value: only a key names every row.
    ...others.flatMap((facts) => judge(context, { ...facts, nulls: 0 }, fixOfColumn(facts))),
  ];
}

function judge(context: CheckContext, facts: KeyFacts, fix: Fix): readonly Finding[] {
  return [
    ...(facts.duplicates > 0 ? [describeRepeats(context, facts, fix)] : []),
    ...(facts.nulls > 0 ? [describeMissing(context, facts, fix)] : []),
  ];
}

function describeRepeats(
  { dataset, current: { rows } }: CheckContext,
  facts: KeyFacts,
  fix: Fix,
): Finding {
  const { columns, duplicates, samples } = facts;
  const named = samples.map(({ value, count }) => `${quote(value)} (${formatCount(count, 'row')})`);
  const observed = formatPart({ count: duplicates, total: rows });
  const where: RowFilter = { kind: 'repeated', columns };
  return {
    ...aboutColumn(facts),
    rule: RULE,
    severity: 'error',
    dataset: dataset.name,
    message: `${callKey(columns)} is not unique: ${observed} of the rows have one that an earlier row has: ${listValues(named)}.`,
    observed,
    expected: 'none',
    effect: { value: duplicates / rows, unit: 'share', threshold: 0 },
    samples: samples.slice(0, MOST_SAMPLES).map(({ value }) => value),
    where,
    fix,
  };
}

function describeMissing(
  { dataset, current: { rows } }: CheckContext,
  facts: KeyFacts,
  fix: Fix,
): Finding {
  const { columns, nulls } = facts;
  const [column] = columns;
  const observed = formatPart({ count: nulls, total: rows });
  return {
    ...aboutColumn(facts),
    rule: RULE,
    severity: 'error',
    dataset: dataset.name,
    message: `${callKey(columns)} is missing in ${observed} of the rows.`,
    observed,
    expected: 'a key in every row',
    effect: { value: nulls / rows, unit: 'share', threshold: 0 },
    samples: [],
    ...(column === undefined || columns.length > 1 ? {} : { where: { kind: 'missing', column } }),
    fix,
  };
}

function aboutColumn({ columns }: KeyFacts): Pick<Finding, 'column'> {
  const [column] = columns;
  return column === undefined || columns.length > 1 ? {} : { column };
}

function callKey(columns: readonly string[]): string {
  return columns.length === 1
    ? columns.map(quote).join('')
    : `The key ${columns.map(quote).join(', ')}`;
}

/** The key is declared beside the data: all that the schema can do is not to ask. */
function fixOfKey({ columns }: KeyFacts): Fix {
  const [column] = columns;
  const title = 'Do not ask whether the key is unique';
  return column === undefined || columns.length > 1
    ? acceptingDataset(RULE, title, allowRule(RULE))
    : accepting(RULE, column, title, allowRule(RULE, column));
}

function fixOfColumn({ columns }: KeyFacts): Fix {
  const column = columns[0] ?? '';
  return accepting(RULE, column, `No longer require ${quote(column)} to be unique`, {
    action: 'remove',
    path: columnPath(column, 'unique'),
  });
}
