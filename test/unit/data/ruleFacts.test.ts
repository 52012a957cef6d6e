import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../src/data/engine/database';
import { DataError } from '../../../src/data/engine/dataError';
import { measureFacts } from '../../../src/data/engine/facts/measureFacts';
import { openSource } from '../../../src/data/engine/openSource';
import type { RuleFacts } from '../../../src/data/profile/profile';
import type { DatasetFormat } from '../../../src/project/project';
import { makeTemporaryFolder } from '../../harness/temporaryFolder';
import { writeData } from './dataFixtures';

interface Other {
  readonly text: string;
  readonly format: DatasetFormat;
  readonly target: string;
}

async function factsOf(text: string, rules: readonly string[], other?: Other) {
  const path = writeData(text);
  const others = other
    ? [
        {
          dataset: 'other',
          format: other.format,
          files: [{ path: writeData(other.text, other.format), shown: 'other' }],
        },
      ]
    : [];
  const database = await openDatabase(
    [{ path, shown: 'data.csv' }],
    2,
    undefined,
    undefined,
    others.map(({ files }) => files),
  );
  const references = other ? [{ column: 'x', dataset: 'other', target: other.target }] : undefined;
  try {
    const columns = await openSource(database, 'csv');
    const ask = { rules, ...(references && { references }) };
    return await measureFacts(database, { columns, ask, others, onProgress: () => {} });
  } finally {
    await database.close();
  }
}

async function rulesOf(text: string, rules: readonly string[]): Promise<readonly RuleFacts[]> {
  const facts = await factsOf(text, rules);
  return facts.rules ?? [];
}

async function problemWith(sql: string): Promise<string | undefined> {
  const [fact] = await rulesOf('a,b\n1,x\n2,y\n', [sql]);
  assert.equal(fact?.rows, fact?.problem === undefined ? 2 : 0);
  return fact?.problem;
}

describe('the rules of a schema', function () {
  this.timeout(60_000);

  it('count the rows for which they are false, and not those for which they are unknown', async () => {
    const rules = ['a < b', `"the ""name""" = 'x' -- a remark`, 'a IS NOT NULL', 'abs(b) < 100'];
    const facts = await rulesOf('a,b,"the ""name"""\n1,2,x\n2,1,y\n,3,\n5,500,x\n', rules);
    assert.deepEqual(facts, [
      { sql: rules[0], rows: 4, failed: 1 },
      { sql: rules[1], rows: 4, failed: 1 },
      { sql: rules[2], rows: 4, failed: 1 },
      { sql: rules[3], rows: 4, failed: 1 },
    ]);
  });

  it('say what is wrong with them, and do not keep others from being applied', async () => {
    const facts = await rulesOf('a,b\n1,x\n2,y\n', ['a >', 'a > 1', `b::INTEGER > 1`]);
    assert.match(facts[0]?.problem ?? '', /syntax error/);
    assert.deepEqual(facts[1], { sql: 'a > 1', rows: 2, failed: 1 });
    assert.match(facts[2]?.problem ?? '', /Could not convert string 'x'/);
    assert.equal(await problemWith('missing > 1'), 'there is no column "missing"');
    assert.equal(await problemWith('length(b)'), 'it is no condition: it gives BIGINT');
    assert.match((await problemWith('nosuch(a) > 1')) ?? '', /nosuch/);
    assert.match((await problemWith('sum(a) > 1')) ?? '', /aggregate/);
    assert.equal(await problemWith('c0 > 0'), 'there is no column "c0"');
    assert.equal(await problemWith('true'), undefined);
  });

  it('are unknown where a column that they compare has no values, whose type nobody knows', async () => {
    const rules = ['a <= b', 'a > 1'];
    assert.deepEqual(await rulesOf('a,b\n1,\n2,\n', rules), [
      { sql: rules[0], rows: 2, failed: 0 },
      { sql: rules[1], rows: 2, failed: 1 },
    ]);
  });

  it('are nothing but one expression over the columns of a row', async () => {
    const other = 'it is not one expression';
    assert.equal(await problemWith('1=1) FROM (SELECT 2'), other);
    assert.equal(await problemWith('1=1) UNION ALL SELECT (1=2'), other);
    assert.equal(await problemWith('1=1), (1=2'), other);
    assert.equal(await problemWith('1=1) AS x WHERE (1=1'), other);
    assert.equal(await problemWith('a IN (SELECT 1)'), 'it has a query of its own');
    assert.equal(await problemWith('lag(a) OVER () > 1'), 'it looks at other rows');
    assert.equal(await problemWith('a > $1'), 'it has a parameter');
    assert.equal(await problemWith('columns(*) > 1'), 'it names columns by a star');
    assert.equal(await problemWith('true); SELECT (true'), other);
    assert.match((await problemWith('')) ?? '', /syntax error/);
  });

  it('read and write no files, and set nothing', async () => {
    const folder = makeTemporaryFolder('rules');
    const secret = join(folder, 'secret.csv');
    writeFileSync(secret, 'a\n1\n');
    const written = join(folder, 'written.csv');
    const hostile = [
      `1); COPY (SELECT 1) TO '${written}'; --`,
      `a IN (SELECT a FROM read_csv('${secret}'))`,
      `a = (FROM '${secret}')`,
      `read_text('${secret}') IS NOT NULL`,
      `true); SET enable_external_access = true; SELECT (true`,
      `getenv('HOME') IS NOT NULL`,
      `a = 1\0`,
    ];
    for (const sql of hostile) assert.notEqual(await problemWith(sql), undefined, sql);
    assert.ok(!existsSync(written));
  });

  it('tell columns apart that differ only in capital letters', async () => {
    const facts = await rulesOf('a,A,B,b\n1,2,3,4\n', ['a = 1', 'A = 2', 'a = A', 'B = 3']);
    assert.deepEqual(
      facts.map(({ failed, problem }) => problem ?? failed),
      [0, 0, 'several columns are called "a"', 0],
    );
  });
});

describe('references to another dataset', function () {
  this.timeout(60_000);

  it('are missing where the other dataset does not have the value', async () => {
    const text = 'x\n1\n2\n2\n3\n\n4\n2\n';
    const other = { text: '[{"id":1},{"id":4},{"id":1},{"id":null}]', format: 'json' as const };
    const facts = await factsOf(text, [], { ...other, target: 'id' });
    assert.deepEqual(facts.references, [
      {
        column: 'x',
        dataset: 'other',
        missing: 4,
        samples: [
          { value: '2', count: 3 },
          { value: '3', count: 1 },
        ],
      },
    ]);
  });

  it('compare numbers by their value, and with texts as texts', async () => {
    const numbers = await factsOf('x\n1\n2\n', [], {
      text: 'id\n1.0\n2.5\n',
      format: 'csv',
      target: 'id',
    });
    assert.equal(numbers.references?.[0]?.missing, 1);
    const texts = await factsOf('x\n1\n2\n', [], {
      text: 'id\n1\nb\n',
      format: 'csv',
      target: 'id',
    });
    assert.equal(texts.references?.[0]?.missing, 1);
  });

  it('to a column that is not there cannot be judged', async () => {
    const other = { text: 'id\n1\n', format: 'csv' as const, target: 'gone' };
    await assert.rejects(
      factsOf('x\n1\n', [], other),
      (error) =>
        error instanceof DataError &&
        error.problem.code === 'reference-unknown' &&
        /"x" refers to "gone" of "other"/.test(error.message),
    );
  });
});
