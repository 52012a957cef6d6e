import assert from 'node:assert/strict';
import { runChecks } from '../../../src/data/checks/checks';
import type { Finding } from '../../../src/data/finding';
import { schemaOfReference } from '../../../src/data/schema/inferSchema';
import type { Schema } from '../../../src/data/schema/schema';
import { shapeFor } from '../../../src/data/profile/shape';
import type { Dataset } from '../../../src/project/project';
import { csvOf, datasetOf, NOW, profileText } from './dataFixtures';

interface Judged {
  readonly schema?: Schema;
  readonly dataset?: Partial<Dataset>;
}

/** What the checks find in the current text, against the reference text. */
async function judge(reference: string, current: string, { schema, dataset }: Judged = {}) {
  const before = await profileText(reference);
  const used = schema ?? schemaOfReference(before);
  return runChecks({
    dataset: datasetOf('csv', dataset),
    current: await profileText(current, { shape: shapeFor(before, used) }),
    reference: before,
    schema: used,
    confirmed: schema !== undefined,
    now: NOW,
  });
}

function table(
  rows: number,
  cells: (row: number) => readonly unknown[],
  header: readonly string[],
) {
  return csvOf(
    header,
    Array.from({ length: rows }, (_, row) => cells(row)),
  );
}

function only(findings: readonly Finding[]): Finding {
  const [first, ...others] = findings;
  assert.ok(first !== undefined, 'nothing was found');
  assert.deepEqual(
    others.map(({ message }) => message),
    [],
  );
  return first;
}

/** 1,000 rows: x is spread evenly over 0 to 99, c is mostly a. */
const base = table(1000, (row) => [row % 100, row % 10 < 7 ? 'a' : 'b'], ['x', 'c']);

describe('the checks', function () {
  this.timeout(60_000);

  it('find nothing where nothing changed', async () => {
    assert.deepEqual(await judge(base, base), []);
  });

  it('find a missing column, and what it may be called now', async () => {
    const renamed = await judge(base, base.replace('x,c', 'x,C'));
    const [missing, added] = renamed;
    assert.equal(missing?.rule, 'column-missing');
    assert.equal(missing.severity, 'error');
    assert.equal(missing.message, 'Column "c" is missing; "C" is new and looks like it.');
    assert.equal(missing.fix?.accept, 'column-missing:c');
    assert.equal(added?.rule, 'column-added');
    assert.equal(added.severity, 'warning');
  });

  it('let an optional column be missing and an unknown one be there', async () => {
    const schema: Schema = {
      extraColumns: 'allow',
      columns: [{ name: 'gone', required: false }, { name: 'x' }],
    };
    assert.deepEqual(await judge(base, base, { schema }), []);
  });

  it('find another type and name the values', async () => {
    const finding = only(await judge(base, base.replace('99,b', 'many,b')));
    assert.equal(finding.rule, 'type-changed');
    assert.equal(finding.severity, 'error');
    assert.equal(finding.message, '"x" is string where integer was expected: "many".');
    assert.deepEqual(finding.samples, ['many']);
  });

  it('take whole numbers for numbers, but not the other way round', async () => {
    const numbers = table(1000, (row) => [row % 100], ['x']);
    const halves = table(1000, (row) => [(row % 100) + (row === 7 ? 0.5 : 0)], ['x']);
    assert.deepEqual(await judge(halves, numbers), []);
    const written = table(1000, (row) => [(row % 100).toFixed(1)], ['x']);
    assert.deepEqual(await judge(numbers, written), []);
    const finding = only(await judge(numbers, halves));
    assert.equal(finding.rule, 'type-changed');
    assert.deepEqual(finding.samples, ['7.5']);
  });

  it('find more nulls, with the certain increase', async () => {
    const current = table(1000, (row) => [row < 120 ? '' : row % 100, 'a'], ['x', 'c']);
    const finding = (await judge(base, current)).find(({ rule }) => rule === 'nulls-increased');
    assert.equal(finding?.severity, 'error');
    assert.equal(
      finding.message,
      '"x" is missing in 12.0 % (120 of 1,000) of the rows; none before.',
    );
    // 99 % Newcombe interval of 120/1000 - 0/1000 by hand: 0.12 - hypot(0.12 - 0.0961, 0.0066) = 0.095.
    assert.equal(finding.effect?.lower?.toFixed(3), '0.095');
  });

  it('do not take chance for more nulls', async () => {
    const some = (nulls: number) => table(1000, (row) => [row < nulls ? '' : row % 100], ['x']);
    assert.deepEqual(await judge(some(40), some(52)), []);
    // Certain, but neither a point more nor twice as many.
    const many = (nulls: number) => table(100_000, (row) => [row < nulls ? '' : row % 10], ['x']);
    assert.deepEqual(await judge(many(2000), many(2800)), []);
    assert.equal(only(await judge(many(300), many(700))).severity, 'warning');
  });

  it("hold a schema's limit of nulls", async () => {
    const two = table(1000, (row) => [row < 2 ? '' : row % 100, row % 2 ? 'a' : 'b'], ['x', 'c']);
    const schema = (nulls: number): Schema => ({
      columns: [
        { name: 'x', nulls },
        { name: 'c', drift: 'ignore' },
      ],
    });
    assert.deepEqual(await judge(base, two, { schema: schema(0.002) }), []);
    const finding = only(await judge(base, two, { schema: schema(0) }));
    assert.equal(finding.rule, 'nulls-increased');
    assert.equal(finding.severity, 'error');
  });

  it('find values outside a closed domain: a warning while inferred, an error once committed', async () => {
    const current = base.replace('7,b', '7,\u0410').replace('8,b', '8,zz').replace('9,b', '9,zz');
    const inferred = only(await judge(base, current));
    assert.equal(inferred.rule, 'category-unknown');
    assert.equal(inferred.severity, 'warning');
    assert.equal(
      inferred.message,
      '"c" has values outside its domain: "zz" (2 rows) and "\u0410" (1 row).',
    );
    assert.deepEqual(inferred.samples, ['zz', '\u0410']);
    const schema: Schema = { columns: [{ name: 'x' }, { name: 'c', values: ['a', 'b'] }] };
    assert.equal(only(await judge(base, current, { schema })).severity, 'error');
  });

  it('find drift and name the bins that moved', async () => {
    const current = table(1000, (row) => [row < 500 ? 95 : row % 100, row % 10 < 7 ? 'a' : 'b'], [
      'x',
      'c',
    ]);
    const finding = only(await judge(base, current));
    assert.equal(finding.rule, 'drift');
    assert.equal(finding.severity, 'error');
    assert.match(
      finding.message,
      /^The values of "x" are distributed differently: above 89 \(10\.0 % → 5\d\.\d %\)/,
    );
    assert.ok((finding.effect?.lower ?? 0) >= 0.1);
  });

  it('find drift of categories, new ones among them', async () => {
    const current = table(1000, (row) => [row % 100, row % 10 < 7 ? 'b' : 'new'], ['x', 'c']);
    const findings = await judge(base, current, {
      schema: { columns: [{ name: 'x' }, { name: 'c' }] },
    });
    const finding = only(findings);
    assert.equal(finding.rule, 'drift');
    assert.match(finding.message, /"a" \(69\.9 % → 0\.050 %\), "new" \(0\.050 % → 30\.0 %\)/);
  });

  it('do not call it drift where few rows come by chance, and say so', async () => {
    const few = table(40, (row) => [(row * 37) % 100, row % 10 < 7 ? 'a' : 'b'], ['x', 'c']);
    const [rows, ...rest] = await judge(base, few);
    assert.equal(rows?.rule, 'row-count-changed');
    const finding = only(rest);
    assert.equal(finding.severity, 'info');
    assert.equal(finding.column, undefined);
    assert.match(
      finding.message,
      /^Too few rows to tell whether "x" drifted: 40 rows against 1,000\.$/,
    );
  });

  it('say nothing of few rows that are the same', async () => {
    const few = table(40, (row) => [(row * 37) % 100, row % 10 < 7 ? 'a' : 'b'], ['x', 'c']);
    assert.deepEqual(await judge(few, few), []);
  });

  it('do not call it drift where keys and row numbers go on', async () => {
    const numbered = (start: number) =>
      table(1000, (row) => [start + row, (start + row) * 7, row % 10], ['id', 'visit', 'x']);
    assert.deepEqual(await judge(numbered(0), numbered(1000), { dataset: { key: 'visit' } }), []);
  });

  it("follow the schema's threshold of drift", async () => {
    const current = table(1000, (row) => [row < 500 ? 95 : row % 100, row % 10 < 7 ? 'a' : 'b'], [
      'x',
      'c',
    ]);
    const schema = (drift: number | 'ignore'): Schema => ({
      columns: [{ name: 'x', drift }, { name: 'c' }],
    });
    assert.deepEqual(await judge(base, current, { schema: schema('ignore') }), []);
    assert.deepEqual(await judge(base, current, { schema: schema(2) }), []);
  });
});
