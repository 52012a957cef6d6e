import assert from 'node:assert/strict';
import { multivariateDrift } from '../../../../src/data/checks/distribution/multivariateDrift';
import { countInTrees, growTrees } from '../../../../src/data/profile/cellTrees';
import type { Profile } from '../../../../src/data/profile/profile';
import { seeded } from '../seeded';
import { findBy, numbersOf, profileOf } from './handMade';

const ROWS = 2000;
const NAMES = ['x', 'y', 'z'];

type Row = readonly [x: number, y: number, z: number];

function rowsOf(seed: number, change: (row: Row) => Row): readonly Row[] {
  const random = seeded(seed);
  return Array.from({ length: ROWS }, () => change([random(), random(), random()]));
}

/** The profile of the rows, counted like the reference where there is one. */
function profileRows(rows: readonly Row[], reference?: Profile): Profile {
  const values = NAMES.map((_, at) => Float64Array.from(rows, (row) => row[at] ?? 0));
  const columns = NAMES.map((name, at) =>
    numbersOf(name, [...(values[at] ?? [])], {}, reference?.columns[at]),
  );
  const trees = reference?.facts?.cells?.trees;
  const counted = trees === undefined ? growTrees(NAMES, values) : countInTrees(trees, values);
  return profileOf(ROWS, columns, { facts: { cells: { columns: NAMES, trees: counted } } });
}

const reference = profileRows(rowsOf(1, (row) => row));

/** Each column and each pair of columns as before: z is large where one of the other two is, and not both. */
const together = profileRows(
  rowsOf(2, ([x, y, z]) => [x, y, x > 0.5 === y > 0.5 ? z / 2 : (1 + z) / 2]),
  reference,
);

describe('multivariate-drift', () => {
  it('finds a change that shows in no column and no pair of them', () => {
    const [finding, ...others] = findBy(multivariateDrift, { reference, current: together });
    assert.deepEqual(others, []);
    assert.equal(finding?.severity, 'error');
    assert.equal(finding.column, undefined);
    assert.equal(finding.fix?.accept, 'multivariate-drift');
    assert.match(finding.message, /together, though no column is by itself/);
    // A cell that lies on one side of every cut has 1/8 of the rows or none: of 1/16 twice as many, or none.
    assert.match(finding.message, /\(6\.\d+ % → (1[0-4]\.\d|0\.\d+) %\)/);
    assert.deepEqual(finding.fix.edit, {
      action: 'append',
      path: ['allow'],
      values: ['multivariate-drift'],
    });
  });

  it('finds nothing in other rows of the same kind', () => {
    const current = profileRows(
      rowsOf(3, (row) => row),
      reference,
    );
    assert.deepEqual(findBy(multivariateDrift, { reference, current }), []);
  });

  it('leaves to the rules of single columns what they tell', () => {
    const current = profileRows(
      rowsOf(4, ([x, y, z]) => [x + 0.3, y, z]),
      reference,
    );
    assert.deepEqual(findBy(multivariateDrift, { reference, current }), []);
  });

  it('leaves out trees of columns that may drift, name the rows or are gone, and other trees', () => {
    const made = { reference, current: together };
    for (const columns of [
      [{ name: 'x', drift: 'ignore' }, { name: 'y' }, { name: 'z' }],
      [{ name: 'x', drift: 0.3 }, { name: 'y' }, { name: 'z' }],
      [{ name: 'y' }, { name: 'z' }],
    ] as const) {
      assert.deepEqual(findBy(multivariateDrift, { ...made, schema: { columns } }), []);
    }
    assert.deepEqual(findBy(multivariateDrift, { ...made, dataset: { key: 'z' } }), []);
    const own = profileRows(rowsOf(2, ([x, y]) => [x, y, x + y]));
    assert.deepEqual(findBy(multivariateDrift, { reference, current: own }), []);
    const without = profileOf(ROWS, reference.columns);
    assert.deepEqual(findBy(multivariateDrift, { reference: without, current: together }), []);
  });

  it('lets a trace of it go', () => {
    const share = 0.02;
    const current = profileRows(
      rowsOf(5, ([x, y, z]) => [x, y, z < share ? (x > 0.5 === y > 0.5 ? z / 2 : 1 - z / 2) : z]),
      reference,
    );
    assert.deepEqual(findBy(multivariateDrift, { reference, current }), []);
  });
});
