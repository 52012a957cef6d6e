import type { Finding } from '../../finding';
import { allowRule } from '../../schema/schemaEdit';
import { acceptingDataset, quote, type Check, type CheckContext } from '../check';

const RULE = 'column-order-changed';

/**
 * The columns that were expected stand in another order. Only said, for most readers go by names; an error where the
 * schema is `ordered`. Columns that only one side has are no matter of this rule.
 */
export const columnOrderChanged: Check = { rule: RULE, find };

function find({ dataset, current, reference, schema }: CheckContext): readonly Finding[] {
  const ordered = schema.ordered === true;
  // The order of a schema that makes no demand of it is how people like to read it.
  const expected = (ordered ? schema : reference)?.columns.map(({ name }) => name) ?? [];
  const present = current.columns.map(({ name }) => name);
  const before = common(expected, present);
  const now = common(present, expected);
  const first = now.findIndex((name, place) => name !== before[place]);
  const found = now[first];
  const missed = before[first];
  if (found === undefined || missed === undefined) return [];
  const moved = now.filter((name, place) => name !== before[place]);
  return [
    {
      rule: RULE,
      severity: ordered ? 'error' : 'info',
      dataset: dataset.name,
      message: `The columns stand in another order: ${quote(found)} is where ${quote(missed)} was expected.`,
      observed: moved.slice(0, 20).map(quote).join(', '),
      expected: before
        .filter((name, place) => name !== now[place])
        .slice(0, 20)
        .map(quote)
        .join(', '),
      effect: { value: moved.length, unit: 'count', threshold: 0 },
      samples: moved.slice(0, 20),
      fix: ordered
        ? acceptingDataset(RULE, 'Accept any order of the columns', {
            action: 'set',
            path: ['ordered'],
            value: false,
          })
        : acceptingDataset(RULE, 'Do not look at the order of the columns', allowRule(RULE)),
    },
  ];
}

function common(names: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return names.filter((name) => known.has(name));
}
