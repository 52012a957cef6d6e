import { relationSql } from '../../schema/relation';
import type { Finding } from '../../finding';
import type { SchemaEdit } from '../../schema/schemaEdit';
import { acceptingDataset, quote, type Check, type CheckContext } from '../check';

const RULE = 'rule-invalid';

/** Rules and relations of the schema that cannot be applied: what they demand was not looked at. */
export const ruleInvalid: Check = { rule: RULE, find };

interface Demand {
  readonly called: string;
  readonly what: 'rule' | 'relation';
  readonly sql: string;
  readonly removal: SchemaEdit;
}

function find({ dataset, current, schema }: CheckContext): readonly Finding[] {
  const demands = [...demandsOf(schema.rules ?? []), ...demandsOfRelations(schema.relations ?? [])];
  return demands.flatMap(({ called, what, sql, removal }): Finding[] => {
    const problem = current.facts?.rules?.find((facts) => facts.sql === sql)?.problem;
    if (problem === undefined) return [];
    return [
      {
        rule: RULE,
        severity: 'error',
        dataset: dataset.name,
        message: `The ${what} ${quote(called)} cannot be applied: ${problem}.`,
        observed: problem,
        expected: 'a condition over the columns of one row',
        samples: [],
        fix: {
          ...acceptingDataset(RULE, `Take the ${what} ${quote(called)} away`, removal),
          accept: `${RULE}:${called}`,
        },
      },
    ];
  });
}

function demandsOf(rules: NonNullable<CheckContext['schema']['rules']>): readonly Demand[] {
  return rules.map(({ name, sql }, place) => ({
    called: name ?? sql,
    what: 'rule',
    sql,
    removal: { action: 'remove', path: ['rules', String(place)] },
  }));
}

function demandsOfRelations(relations: readonly string[]): readonly Demand[] {
  return relations.flatMap((relation): Demand[] => {
    const sql = relationSql(relation);
    if (!sql.ok) return [];
    const removal = { action: 'remove', path: ['relations'], values: [relation] } as const;
    return [{ called: relation, what: 'relation', sql: sql.value, removal }];
  });
}
