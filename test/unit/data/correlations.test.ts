import assert from 'node:assert/strict';
import { openDatabase } from '../../../src/data/engine/database';
import { measureTogether } from '../../../src/data/engine/facts/measureTogether';
import { openSource } from '../../../src/data/engine/openSource';
import type { Correlations } from '../../../src/data/profile/profile';
import { doubledRanks, rankCorrelation } from '../../../src/data/statistics/rankCorrelation';
import { csvOf, writeData } from './dataFixtures';
import { seeded } from './seeded';

async function correlationsOf(text: string, threads = 2): Promise<Correlations | undefined> {
  const database = await openDatabase([{ path: writeData(text), shown: 'data.csv' }], threads);
  try {
    const columns = await openSource(database, 'csv');
    return (await measureTogether(database.connection, columns, true)).correlations;
  } finally {
    await database.close();
  }
}

function ranksOf(values: readonly number[]) {
  return doubledRanks(Float64Array.from(values));
}

describe('the rank correlation', () => {
  it('is that of scipy, with ties', () => {
    const a = ranksOf([1, 2, 2, 3, 5, 8, 13, 21, 4, 4]);
    const b = ranksOf([2, 1, 4, 3, 7, 7, 20, 9, 5, 1]);
    const { value = NaN, rows } = rankCorrelation(a, b);
    // scipy.stats.spearmanr(a, b).statistic
    assert.ok(Math.abs(value - 0.8159509202453988) < 1e-15, `${value}`);
    assert.equal(rows, 10);
  });

  it('takes minus zero for zero and infinities for the ends, and has none for a constant', () => {
    const odd = ranksOf([-Infinity, -0, 0, 1, Infinity]);
    const plain = ranksOf([-9, 0, 0, 1, 9]);
    assert.equal(rankCorrelation(odd, plain).value, 1);
    assert.equal(rankCorrelation(odd, ranksOf([3, 3, 3, 3, 3])).value, undefined);
    assert.equal(rankCorrelation(ranksOf([]), ranksOf([])).value, undefined);
  });
});

describe('the correlations of rows', function () {
  this.timeout(60_000);

  it('are those of pandas, of the rows in which both have a value', async () => {
    const text =
      'x,z,y,c,"t""; --"\n1,9,2.5,7,a\n2,,1,7,b\n2,7.5,4,7,a\n3,-1,3,7,b\n5,3,7,7,a\n8,,7,7,b\n13,1e308,20,7,a\n21,2,9,7,b\n4,2,5,7,a\n4,6,1,7,b';
    // pandas: frame.rank().corr() to 4 decimals, the constant column NaN; 8 of 10 rows have a z.
    assert.deepEqual(await correlationsOf(text), {
      columns: ['c', 'x', 'y', 'z'],
      values: [null, null, null, 0.816, -0.1526, 0.0596],
      rows: 10,
      pairRows: [10, 10, 8, 10, 8, 8],
    });
    assert.equal(await correlationsOf('x,t\n1,a'), undefined);
  });

  it('have the same bytes for any order of rows and columns and any number of threads, of a sample too', async () => {
    const random = seeded(3);
    const rows = Array.from({ length: 60_000 }, (_, id) => {
      const x = random();
      return [id, x, x + random(), Math.exp(10 * random())] as const;
    });
    const header = ['id', 'a', 'b', 'c'];
    const one = await correlationsOf(csvOf(header, rows), 1);
    const other = await correlationsOf(
      csvOf(
        header.toReversed(),
        rows.toReversed().map((row) => row.toReversed()),
      ),
      4,
    );
    assert.ok(one !== undefined && one.rows > 10_000 && one.rows < 20_000, `${one?.rows}`);
    assert.deepEqual(one, other);
    // scipy.stats.spearmanr of 4 million such pairs: 0.6998.
    const [ab = 0, ac = 0] = one.values as readonly number[];
    assert.ok(Math.abs(ab - 0.7) < 0.02, `${ab}`);
    assert.ok(Math.abs(ac) < 0.03, `${ac}`);
  });

  it('are not measured where the rows of a large table repeat each other', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => [row % 2, row % 3, 'a']);
    assert.equal(await correlationsOf(csvOf(['a', 'b', 'c'], rows)), undefined);
  });
});
