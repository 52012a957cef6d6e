import assert from 'node:assert/strict';
import { ruleInvalid } from '../../../../src/data/checks/values/ruleInvalid';
import { relationViolated } from '../../../../src/data/checks/values/relationViolated';
import { userRule } from '../../../../src/data/checks/values/userRule';
import { relationSql } from '../../../../src/data/schema/relation';
import { findBy, profileOf } from './handMade';

describe('rule-invalid', () => {
  const relation = relationSql('a <= b');
  assert.ok(relation.ok);
  const problem = 'there is no column "b"';
  const made = {
    current: profileOf(10, [], {
      facts: {
        rules: [
          { sql: 'a > 0', rows: 10, failed: 0 },
          { sql: 'b > 0', rows: 0, failed: 0, problem },
          { sql: relation.value, rows: 0, failed: 0, problem },
        ],
      },
    }),
    schema: {
      columns: [],
      rules: [{ sql: 'a > 0' }, { name: 'b is large', sql: 'b > 0' }],
      relations: ['a <= b'],
    },
  };

  it('names the rule and why it cannot be applied, and where it stands', () => {
    const found = findBy(ruleInvalid, made);
    assert.deepEqual(
      found.map(({ severity, message }) => [severity, message]),
      [
        ['error', `The rule "b is large" cannot be applied: there is no column "b".`],
        ['error', `The relation "a <= b" cannot be applied: there is no column "b".`],
      ],
    );
    assert.deepEqual(
      found.map(({ fix }) => fix?.edit.path),
      [['rules', '1'], ['relations']],
    );
  });

  it('is no rule that is broken', () => {
    assert.deepEqual([...findBy(userRule, made), ...findBy(relationViolated, made)], []);
  });
});
