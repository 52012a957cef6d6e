import assert from 'node:assert/strict';
import {
  areaError,
  areaUnderCurve,
  associate,
  uncertaintyCoefficient,
  type TwoClasses,
} from '../../../src/data/statistics/association';

function isClose(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

describe('the strength of an association', () => {
  /** (mutual_info_score − (r − 1)(c − 1) / 2n) / entropy, by scikit-learn 1.9. */
  it('agrees with scikit-learn', () => {
    isClose(
      uncertaintyCoefficient([
        [30, 10, 0],
        [5, 20, 15],
        [0, 2, 40],
      ]),
      0.45141111435887066,
    );
    isClose(
      uncertaintyCoefficient([
        [90, 1],
        [3, 60],
        [0, 0],
      ]),
      0.825269986787547,
    );
  });

  it('is none where chance takes away more, and where there are no two classes', () => {
    assert.equal(
      uncertaintyCoefficient([
        [50, 50],
        [20, 20],
      ]),
      0,
    );
    assert.equal(uncertaintyCoefficient([[5], [7]]), 0);
    assert.equal(uncertaintyCoefficient([]), 0);
  });

  /** By scikit-learn 1.9: `roc_auc_score`. */
  it('of two classes agrees with scikit-learn', () => {
    const areas: readonly [TwoClasses[], number][] = [
      [
        [
          [30, 5],
          [20, 20],
          [5, 40],
        ],
        0.8321678321678322,
      ],
      [
        [
          [10, 0],
          [0, 10],
        ],
        1,
      ],
      [
        [
          [3, 7],
          [8, 2],
          [5, 5],
        ],
        0.41071428571428575,
      ],
    ];
    for (const [cells, area] of areas) isClose(areaUnderCurve(cells), area);
  });

  /** Hanley and McNeil 1982, the example of their figure 2: an area of 0.893 with 58 and 51 patients has 0.032. */
  it('has the error that Hanley and McNeil found', () => {
    assert.equal(areaError(0.893, [58, 51]).toFixed(4), '0.0325');
    assert.equal(areaError(1, [10, 10]), 0);
  });

  it('counts missing values as a cell at either end, and by themselves', () => {
    const cells = [
      { missing: true, counts: [0, 10] },
      { missing: false, counts: [10, 0] },
      { missing: false, counts: [8, 2] },
    ];
    const { auc, missing } = associate(cells, true);
    // By hand: of 18 × 12 pairs, 10 × 18 with the missing above, 2 × 10 within the order, 2 × 8 ties.
    isClose(auc ?? NaN, (180 + 20 + 8) / 216);
    isClose(missing?.auc ?? NaN, (1 + 10 / 12) / 2);
    assert.equal(associate(cells.slice(1, 2), true).auc, undefined);
  });
});
