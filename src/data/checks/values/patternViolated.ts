import type { Finding } from '../../finding';
import { valueCount } from '../../profile/profile';
import { columnPath } from '../../schema/schemaEdit';
import { accepting, knownColumns, quote, type Check, type CheckContext } from '../check';
import { formatPart } from '../increase';

const RULE = 'pattern-violated';

/** Texts do not match the regular expression that the schema sets for the column; all of them were looked at. */
export const patternViolated: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap(({ name, current, schema: { pattern } }): Finding[] => {
    const count = current.patternMisses ?? 0;
    if (pattern === undefined || count === 0) return [];
    const part = formatPart({ count, total: valueCount(context.current, current) });
    return [
      {
        rule: RULE,
        severity: 'error',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} does not match its pattern ${quote(pattern)} in ${part} of its values.`,
        observed: `${part} that do not match`,
        expected: `values like ${pattern}`,
        effect: {
          value: count / valueCount(context.current, current),
          unit: 'share',
          threshold: 0,
        },
        samples: [],
        fix: accepting(RULE, name, `Take the pattern of ${quote(name)} away`, {
          action: 'remove',
          path: columnPath(name, 'pattern'),
        }),
        where: { kind: 'unlike', column: name, pattern },
      },
    ];
  });
}
