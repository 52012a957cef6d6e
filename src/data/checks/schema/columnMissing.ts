import { nearestWord } from '../../../base/nearest';
import type { Finding } from '../../finding';
import { columnPath } from '../../schema/schemaEdit';
import { accepting, quote, type Check, type CheckContext } from '../check';

const RULE = 'column-missing';

/** A column that the schema requires is not in the data. */
export const columnMissing: Check = { rule: RULE, find };

function find({ dataset, current, schema }: CheckContext): readonly Finding[] {
  const present = new Set(current.columns.map(({ name }) => name));
  const expected = new Set(schema.columns.map(({ name }) => name));
  const added = [...present].filter((name) => !expected.has(name));
  return schema.columns
    .filter(({ name, required }) => required !== false && !present.has(name))
    .map(({ name, type }): Finding => {
      const renamed = nearestWord(name, added);
      const hint = renamed === undefined ? '' : `; ${quote(renamed)} is new and looks like it`;
      return {
        rule: RULE,
        severity: 'error',
        dataset: dataset.name,
        column: name,
        message: `Column ${quote(name)} is missing${hint}.`,
        observed: 'no such column',
        expected: `a column${type === undefined ? '' : ` of type ${type}`}`,
        samples: renamed === undefined ? [] : [renamed],
        fix: accepting(RULE, name, `Make column ${quote(name)} optional`, {
          action: 'set',
          path: columnPath(name, 'required'),
          value: false,
        }),
      };
    });
}
