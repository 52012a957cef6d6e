import type { Finding } from '../../finding';
import { demandsOf, inferColumn } from '../../schema/inferSchema';
import { accepting, quote, type Check, type CheckContext } from '../check';

const RULE = 'column-added';

/** The data has a column that the schema does not know. */
export const columnAdded: Check = { rule: RULE, find };

function find({ dataset, current, schema }: CheckContext): readonly Finding[] {
  const severity = schema.extraColumns ?? 'warning';
  if (severity === 'allow') return [];
  const expected = new Set(schema.columns.map(({ name }) => name));
  return current.columns
    .filter(({ name }) => !expected.has(name))
    .map((column): Finding => {
      const { name, type, categories = [] } = column;
      return {
        rule: RULE,
        severity,
        dataset: dataset.name,
        column: name,
        message: `Column ${quote(name)} (${type}) is new.`,
        observed: `a column of type ${type}`,
        expected: 'no such column',
        samples: categories.slice(0, 5).map(({ value }) => value),
        fix: accepting(RULE, name, `Add column ${quote(name)} to the schema`, {
          action: 'set',
          path: ['columns', name],
          value: demandsOf(inferColumn(current, column)),
        }),
      };
    });
}
