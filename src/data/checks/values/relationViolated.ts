import type { Finding } from '../../finding';
import { relationSql } from '../../schema/relation';
import { acceptingDataset, quote, type Check, type CheckContext } from '../check';
import { formatPart } from '../increase';

const RULE = 'relation-violated';

/** Rows in which a relation of columns does not hold that the schema states. Missing values break none. */
export const relationViolated: Check = { rule: RULE, find };

function find({ dataset, current, schema }: CheckContext): readonly Finding[] {
  return (schema.relations ?? []).flatMap((relation): Finding[] => {
    const sql = relationSql(relation);
    if (!sql.ok) return [];
    const facts = current.facts?.rules?.find((each) => each.sql === sql.value);
    if (facts === undefined || facts.failed === 0) return [];
    const part = formatPart({ count: facts.failed, total: facts.rows });
    return [
      {
        rule: RULE,
        severity: 'error',
        dataset: dataset.name,
        message: `${quote(relation)} does not hold in ${part} of the rows.`,
        observed: `${part} where it does not hold`,
        expected: relation,
        effect: { value: facts.failed / facts.rows, unit: 'share', threshold: 0 },
        samples: [],
        fix: {
          ...acceptingDataset(RULE, `Take the relation ${quote(relation)} away`, {
            action: 'remove',
            path: ['relations'],
            values: [relation],
          }),
          accept: `${RULE}:${relation}`,
        },
        where: { kind: 'false', sql: sql.value },
      },
    ];
  });
}
