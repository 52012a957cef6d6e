import type { Finding } from '../finding';
import { accepting, quote, type Check } from './check';

const RULE = 'column-added';

/** The data has a column that the schema does not know. */
export const columnAdded: Check = ({ dataset, current, schema }) => {
  const severity = schema.extraColumns ?? 'warning';
  if (severity === 'allow') return [];
  const expected = new Set(schema.columns.map(({ name }) => name));
  return current.columns
    .filter(({ name }) => !expected.has(name))
    .map(({ name, type, categories = [] }): Finding => ({
      rule: RULE,
      severity,
      dataset: dataset.name,
      column: name,
      message: `Column ${quote(name)} (${type}) is new.`,
      observed: `a column of type ${type}`,
      expected: 'no such column',
      samples: categories.slice(0, 5).map(({ value }) => value),
      fix: accepting(RULE, name, `Add column ${quote(name)} to the schema`),
    }));
};
