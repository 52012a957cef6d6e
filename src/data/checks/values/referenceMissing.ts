import { formatCount } from '../../../base/format';
import type { Finding } from '../../finding';
import { valueCount } from '../../profile/profile';
import { columnPath } from '../../schema/schemaEdit';
import {
  accepting,
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  type Check,
  type CheckContext,
} from '../check';
import { formatPart } from '../increase';

const RULE = 'reference-missing';

/** Values that the column of another dataset does not have, which the schema says it refers to. */
export const referenceMissing: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap(({ name, current, schema: { references } }): Finding[] => {
    const facts = context.current.facts?.references?.find(
      ({ column, dataset }) => column === name && dataset === references?.dataset,
    );
    if (references === undefined || facts === undefined || facts.missing === 0) return [];
    const part = formatPart({
      count: facts.missing,
      total: valueCount(context.current, current),
    });
    const target = `${quote(references.column)} of ${quote(references.dataset)}`;
    const named = facts.samples.map(
      ({ value, count }) => `${quote(value)} (${formatCount(count, 'row')})`,
    );
    const values = facts.samples.slice(0, MOST_SAMPLES).map(({ value }) => value);
    return [
      {
        rule: RULE,
        severity: 'error',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} has values that ${target} does not have, in ${part} of the rows with a value: ${listValues(named)}.`,
        observed: `${part} without a partner`,
        expected: `values of ${target}`,
        effect: {
          value: facts.missing / valueCount(context.current, current),
          unit: 'share',
          threshold: 0,
        },
        samples: values,
        fix: accepting(RULE, name, `No longer require ${quote(name)} to be in ${target}`, {
          action: 'remove',
          path: columnPath(name, 'references'),
        }),
        where: { kind: 'values', column: name, values },
      },
    ];
  });
}
