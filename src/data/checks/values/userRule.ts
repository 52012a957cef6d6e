import { formatShare } from '../../../base/format';
import type { Finding } from '../../finding';
import type { RuleFacts } from '../../profile/profile';
import type { UserRule } from '../../schema/schema';
import { roundDown } from '../../schema/schemaEdit';
import { acceptingDataset, quote, type Check, type CheckContext } from '../check';
import { formatPart } from '../increase';

const RULE = 'user-rule';

/** Rows for which a rule of the schema is false: more of them than its `mostly` allows. */
export const userRule: Check = { rule: RULE, find };

function find({ dataset, current, schema }: CheckContext): readonly Finding[] {
  return (schema.rules ?? []).flatMap((rule, place) => {
    const facts = current.facts?.rules?.find(({ sql }) => sql === rule.sql);
    if (facts === undefined || facts.rows === 0) return [];
    const allowed = 1 - (rule.mostly ?? 1);
    // Rounding of 1 - 0.9 must not fail what is exactly at the limit.
    const isBroken = facts.failed / facts.rows > allowed + 1e-12;
    return isBroken ? [describe(dataset.name, rule, place, facts)] : [];
  });
}

function describe(
  dataset: string,
  { name, sql, mostly = 1, severity = 'error' }: UserRule,
  place: number,
  { failed, rows }: RuleFacts,
): Finding {
  const part = formatPart({ count: failed, total: rows });
  const called = quote(name ?? sql);
  const allowed = Number((1 - mostly).toPrecision(12));
  return {
    rule: RULE,
    severity,
    dataset,
    message: `The rule ${called} is broken by ${part} of the rows${mostly === 1 ? '' : `; ${formatShare(allowed)} may`}.`,
    observed: `${formatShare(1 - failed / rows)} pass`,
    expected: mostly === 1 ? 'all rows pass' : `at least ${formatShare(mostly)} pass`,
    effect: { value: failed / rows, unit: 'share', threshold: allowed },
    samples: [],
    fix: {
      ...acceptingDataset(RULE, `Let as many rows break the rule ${called}`, {
        action: 'set',
        path: ['rules', String(place), 'mostly'],
        value: roundDown(1 - failed / rows),
      }),
      accept: `${RULE}:${name ?? sql}`,
    },
    where: { kind: 'false', sql },
  };
}
