import type { Finding } from '../../finding';
import { valueCount, type ColumnProfile, type Profile } from '../../profile/profile';
import { columnPath } from '../../schema/schemaEdit';
import { accepting, knownColumns, quote, type Check, type CheckContext } from '../check';

const RULE = 'column-empty';

/** Every value of a column is missing or blank, and some were there before; in a first look it is only said. */
export const columnEmpty: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap(({ name, current, reference, schema }): Finding[] => {
    const isFirst = context.reference === undefined;
    if (schema.nulls === 1 || !isEmpty(context.current, current)) return [];
    if (context.reference !== undefined) {
      if (reference === undefined || isEmpty(context.reference, reference)) return [];
    }
    return [
      {
        rule: RULE,
        severity: isFirst ? 'info' : 'error',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} has no value in any row${isFirst ? '' : '; it had some before'}.`,
        observed: 'no values',
        expected: isFirst ? 'some values' : 'values, as before',
        effect: { value: 1, unit: 'share', threshold: 1 },
        samples: [],
        fix: accepting(RULE, name, `Allow ${quote(name)} to be empty`, {
          action: 'set',
          path: columnPath(name, 'nulls'),
          value: 1,
        }),
        where: { kind: 'missing', column: name },
      },
    ];
  });
}

function isEmpty(profile: Profile, column: ColumnProfile): boolean {
  return profile.rows > 0 && valueCount(profile, column) <= (column.text?.blank ?? 0);
}
