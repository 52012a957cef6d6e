import assert from 'node:assert/strict';
import { newestResults, runPath, type ReadResult } from '../../../../src/data/peers/resultRuns';

const read = (file: string, time: number | undefined, tool = 'Evidently'): ReadResult => ({
  file,
  result: { tool, suite: 'report', findings: [], passed: 0 },
  ...(time === undefined ? {} : { time }),
});

describe('several results of the same check', () => {
  it('are files whose paths differ in dates, times, hashes and numbers of a run only', () => {
    const validations = 'gx/uncommitted/validations/people/__none__';
    const same = [
      [
        `${validations}/20261128T021716.585631Z/0a1b2c3d4e5f60718293a4b5c6d7e8f9.json`,
        `${validations}/20261129T100000.000001Z/ffffffff4e5f60718293a4b5c6d7e8f9.json`,
      ],
      ['out/drift-2026-01-31.json', 'out/drift-2026-02-01.json'],
      ['out/2026-01-31T10-00-00/drift.json', 'out/2026-02-01T11-30-01/drift.json'],
      [
        'out/23e83d65-171c-4138-860b-6fd18bf075ea.json',
        'out/04406b31-4678-4ace-afa5-8aa4c9ed0b7d.json',
      ],
      ['out/run_1764300000.json', 'out/run_1764300001.json'],
    ] as const;
    for (const [one, other] of same) assert.equal(runPath(one), runPath(other));
    for (const [one, other] of [
      ['out/drift.json', 'out/quality.json'],
      ['out/deadbeef.json', 'out/facade.json'],
      ['part1/x.json', 'part2/x.json'],
      ['defaced/a.json', 'effaced/a.json'],
    ] as const) {
      assert.notEqual(runPath(one), runPath(other));
    }
  });

  it('are represented by the newest', () => {
    const old = read('out/drift-2026-01-31.json', 1);
    const fresh = read('out/drift-2026-02-01.json', 2);
    const other = read('out/quality-2026-01-31.json', 1);
    const undated = read('out/drift-2025-01-01.json', undefined);
    const anotherTool = read('out/drift-2026-01-01.json', 0, 'pandera');
    const all = [fresh, old, other, undated, anotherTool];
    assert.deepEqual(newestResults(all), [fresh, other, undated, anotherTool]);
  });
});
