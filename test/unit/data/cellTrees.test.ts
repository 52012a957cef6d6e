import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  boundsOfCell,
  CELLS,
  countInTrees,
  growTrees,
  LEAST_CUT_ROWS,
} from '../../../src/data/profile/cellTrees';
import { seeded } from './seeded';

function columnsOf(count: number, rows: number, draw: () => number): Float64Array[] {
  return Array.from({ length: count }, () => Float64Array.from({ length: rows }, draw));
}

const NAMES = Array.from({ length: 40 }, (_, at) => `column ${at}`);

describe('the trees of cells', () => {
  it('cut rows into cells of as many rows each, where all values are different', () => {
    const trees = growTrees(NAMES.slice(0, 3), columnsOf(3, 1600, seeded(1)));
    assert.equal(trees.length, 2);
    for (const { cuts, counts } of trees) {
      assert.equal(cuts.length, CELLS - 1);
      assert.deepEqual(new Set(counts), new Set([100]));
    }
  });

  it('give every column its turn, and need two of them and some rows', () => {
    const trees = growTrees(NAMES, columnsOf(40, LEAST_CUT_ROWS, seeded(2)));
    assert.equal(trees.length, 8);
    const cut = new Set(trees.flatMap(({ cuts }) => cuts.map(({ column }) => column)));
    assert.equal(cut.size, 32);
    const ten = growTrees(NAMES.slice(0, 10), columnsOf(10, LEAST_CUT_ROWS, seeded(2)));
    const turned = new Set(ten.flatMap(({ cuts }) => cuts.map(({ column }) => column)));
    assert.equal(turned.size, 10);
    assert.deepEqual(growTrees(['a'], columnsOf(1, 1000, seeded(3))), []);
    assert.deepEqual(growTrees(['a', 'b'], columnsOf(2, LEAST_CUT_ROWS - 1, seeded(3))), []);
  });

  it('put missing values with the small ones, and cut what is equal beside it', () => {
    const random = seeded(4);
    const flags = Float64Array.from({ length: 400 }, () => (random() < 0.7 ? 1 : 0));
    const holes = Float64Array.from({ length: 400 }, (_, row) => (row % 4 < 3 ? NaN : row));
    const [tree] = growTrees(['flag', 'hole'], [flags, holes]);
    assert.ok(tree !== undefined);
    const ones = flags.filter((flag) => flag === 1).length;
    const flag = tree.cuts.findIndex(({ column }) => column === 0);
    assert.equal(tree.cuts[flag]?.above, 0);
    // Of the cells that are above the cut of the flag on their way, all the ones.
    const above = tree.counts.filter((_, cell) => boundsOfCell(tree, cell).get(0)?.above === 0);
    assert.equal(
      above.reduce((sum, count) => sum + count, 0),
      ones,
    );
  });

  it('count the same rows as they were grown, in any order, and every row once', () => {
    const value = fc.oneof(
      fc.double(),
      fc.constantFrom(Infinity, -Infinity),
      fc.integer({ min: -3, max: 3 }),
      fc.constant(NaN),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value, value), { minLength: LEAST_CUT_ROWS, maxLength: 300 }),
        (rows) => {
          const valuesOf = (ordered: readonly (readonly number[])[]) =>
            [0, 1, 2].map((at) => Float64Array.from(ordered, (row) => row[at] ?? NaN));
          const grown = growTrees(['a', 'b', 'c'], valuesOf(rows));
          const saved = JSON.parse(JSON.stringify(grown)) as typeof grown;
          assert.deepEqual(countInTrees(saved, valuesOf(rows)), grown);
          assert.deepEqual(growTrees(['a', 'b', 'c'], valuesOf(rows.toReversed())), grown);
          for (const { counts } of grown) {
            assert.equal(
              counts.reduce((sum, count) => sum + count, 0),
              rows.length,
            );
          }
        },
      ),
      { numRuns: 50, seed: 7 },
    );
  });

  it('tell the bounds of a cell', () => {
    const cut = (column: number, above: number) => ({ column, above });
    // Cell 2 of 4: above 5 in the first column, then up to 7 in it.
    const tree = { cuts: [cut(0, 5), cut(1, 1), cut(0, 7)], counts: [1, 1, 1, 1] };
    assert.deepEqual([...boundsOfCell(tree, 2)], [[0, { above: 5, upTo: 7 }]]);
    assert.deepEqual(Object.fromEntries(boundsOfCell(tree, 1)), {
      0: { upTo: 5 },
      1: { above: 1 },
    });
    // The closest cut of a column is the one that bounds it.
    assert.deepEqual([...boundsOfCell(tree, 3)], [[0, { above: 7 }]]);
  });
});
