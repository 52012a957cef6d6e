import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runChecks } from '../../../src/data/checks/checks';
import { openDatabase } from '../../../src/data/engine/database';
import { measureTogether } from '../../../src/data/engine/facts/measureTogether';
import { openSource } from '../../../src/data/engine/openSource';
import { shapeFor } from '../../../src/data/profile/shape';
import type { RowFacts } from '../../../src/data/profile/profile';
import { schemaOfReference } from '../../../src/data/schema/inferSchema';
import { csvOf, datasetOf, NOW, profileText, writeData } from './dataFixtures';
import { seeded } from './seeded';

type Rows = readonly (readonly (string | number)[])[];

const HEADER = ['number', 'whole', 'heavy', 'category'];

/** 400 rows; `change` from 0 to 1 moves every column by so much. */
function rowsOf(seed: number, change: number): Rows {
  const random = seeded(seed);
  return Array.from({ length: 400 }, () => [
    Number((random() + 0.3 * change).toFixed(4)),
    Math.floor(10 * random() ** (1 + change)),
    Number(Math.exp(4 * random() + change).toFixed(3)),
    random() < 0.3 + 0.4 * change ? 'a' : 'b',
  ]);
}

/** What is found, without how it is said: rule, column, severity and size. */
async function judge(before: string, now: string) {
  const reference = await profileText(before);
  const schema = schemaOfReference(reference);
  const current = await profileText(now, { shape: shapeFor(reference, schema) });
  const findings = runChecks({
    dataset: datasetOf(),
    current,
    reference,
    schema,
    confirmed: false,
    now: NOW,
  });
  return findings
    .map(({ rule, column = '', severity, effect }) =>
      [rule, column, severity, effect?.value.toPrecision(9)].join(' '),
    )
    .sort();
}

const some = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  change: fc.constantFrom(0, 0.3, 1),
});

describe('the laws of findings', function () {
  this.timeout(120_000);

  it('the order of rows and of columns changes none', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(some, async ({ seed, change }) => {
        const [before, now] = [rowsOf(seed, 0), rowsOf(seed + 1, change)];
        const straight = await judge(csvOf(HEADER, before), csvOf(HEADER, now));
        const turn = (rows: Rows) =>
          csvOf(
            HEADER.toReversed(),
            rows.toReversed().map((row) => row.toReversed()),
          );
        assert.deepEqual(await judge(turn(before), turn(now)), straight);
        found += straight.length;
      }),
      { numRuns: 12, seed: 2 },
    );
    assert.ok(found > 10, `${found} findings were compared`);
  });

  it('another unit in both changes none', async () => {
    let found = 0;
    const unit = fc.record({
      factor: fc.constantFrom(0.001, 0.5, 8, 1000),
      offset: fc.integer({ min: 0, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(some, unit, async ({ seed, change }, { factor, offset }) => {
        const convert = (rows: Rows): Rows =>
          rows.map(([number = 0, whole = 0, heavy = 0, category = '']) => [
            (Number(number) * factor + offset).toPrecision(14),
            whole,
            (Number(heavy) * factor).toPrecision(14),
            category,
          ]);
        const [before, now] = [rowsOf(seed, 0), rowsOf(seed + 1, change)];
        const plain = await judge(csvOf(HEADER, before), csvOf(HEADER, now));
        const converted = await judge(csvOf(HEADER, convert(before)), csvOf(HEADER, convert(now)));
        assert.deepEqual(converted, plain);
        found += plain.length;
      }),
      { numRuns: 12, seed: 3 },
    );
    assert.ok(found > 10, `${found} findings were compared`);
  });

  it('another unit changes no correlation and no count of a cell', async () => {
    const measure = async (rows: Rows): Promise<Pick<RowFacts, 'correlations' | 'cells'>> => {
      const path = writeData(csvOf(HEADER, rows));
      const database = await openDatabase([{ path, shown: 'data.csv' }], 2);
      try {
        return await measureTogether(database.connection, await openSource(database, 'csv'), true);
      } finally {
        await database.close();
      }
    };
    const rows = rowsOf(4, 0);
    const plain = await measure(rows);
    const other = await measure(
      rows.map(([number = 0, whole = 0, heavy = 0, category = '']) => [
        Number(number) * 1024 - 7,
        whole,
        Math.log(Number(heavy)),
        category,
      ]),
    );
    assert.equal(plain.cells?.trees.length, 2);
    assert.deepEqual(other.correlations, plain.correlations);
    assert.deepEqual(
      other.cells?.trees.map(({ counts }) => counts),
      plain.cells.trees.map(({ counts }) => counts),
    );
  });
});
