import assert from 'node:assert/strict';
import { freshness } from '../../../../src/data/checks/rows/freshness';
import { rowCountChanged } from '../../../../src/data/checks/rows/rowCountChanged';
import type { CheckContext } from '../../../../src/data/checks/check';
import type { ColumnProfile, Profile } from '../../../../src/data/profile/profile';
import type { Schema } from '../../../../src/data/schema/schema';
import { columnOf, csvOf, datasetOf, NOW, profileText } from '../dataFixtures';

function profileOf(rows: number, columns: readonly ColumnProfile[] = []): Profile {
  return { rows, columns, exact: true };
}

function contextOf(current: Profile, schema: Partial<Schema>, reference?: Profile): CheckContext {
  return {
    dataset: datasetOf(),
    current,
    schema: { columns: [], ...schema },
    confirmed: true,
    now: NOW,
    ...(reference && { reference }),
  };
}

describe('row-count-changed', () => {
  const judge = (now: number, before?: number, rows?: Schema['rows']) =>
    rowCountChanged.find(
      contextOf(
        profileOf(now),
        rows === undefined ? {} : { rows },
        before === undefined ? undefined : profileOf(before),
      ),
    );

  it('warns beyond half and twice the rows of before, and not at them', () => {
    assert.deepEqual(
      [judge(50, 100), judge(200, 100), judge(100, 100), judge(7)],
      [[], [], [], []],
    );
    assert.deepEqual(
      [49, 201].map((rows) => judge(rows, 100).map(({ severity, message }) => [severity, message])),
      [
        [['warning', 'The number of rows is 49; there were 100 before.']],
        [['warning', 'The number of rows is 201; there were 100 before.']],
      ],
    );
  });

  it('takes the limits of the schema before the past, each for its side', () => {
    assert.deepEqual(judge(10, 100, { min: 10 }), []);
    assert.equal(judge(9, 10, { min: 10 })[0]?.severity, 'error');
    assert.equal(judge(201, 100, { min: 10 })[0]?.severity, 'warning');
    const [beyond] = judge(1_234_568, undefined, { max: 1_234_567 });
    assert.equal(beyond?.severity, 'error');
    assert.deepEqual(beyond.fix?.edit, { action: 'set', path: ['rows', 'max'], value: 1_234_568 });
  });

  it('says that all rows are gone, and nothing where there were none', () => {
    assert.equal(judge(0, 100).length, 1);
    assert.deepEqual(judge(100, 0), []);
  });
});

describe('freshness', function () {
  this.timeout(60_000);

  /** NOW is 2026-01-02 03:04:05 UTC. */
  async function judge(times: readonly string[], within: string) {
    const profile = await profileText(
      csvOf(
        ['at', 'x'],
        times.map((time, row) => [time, row]),
      ),
    );
    return {
      type: columnOf(profile, 'at').type,
      found: freshness.find(contextOf(profile, { freshness: { column: 'at', within } })),
    };
  }

  it('judges the last time as UTC, to the second', async () => {
    const times = ['2026-01-01 03:04:05', '2025-12-30 00:00:00'];
    const kept = await judge(times, '24h');
    assert.deepEqual([kept.type, kept.found], ['timestamp', []]);
    const late = await judge(['2026-01-01 03:04:04', '2025-12-30 00:00:00'], '24h');
    assert.equal(late.found[0]?.severity, 'error');
  });

  it('lets a date last until its day ends', async () => {
    const kept = await judge(['2026-01-01', '2025-12-31'], '4h');
    assert.deepEqual([kept.type, kept.found], ['date', []]);
    assert.equal((await judge(['2026-01-01', '2025-12-31'], '3h')).found.length, 1);
  });

  it('finds a column without times, and asks nothing without a demand', async () => {
    assert.match((await judge(['a', 'b'], '2w')).found[0]?.message ?? '', /^"at" holds no time;/);
    assert.deepEqual(freshness.find(contextOf(profileOf(3), {})), []);
  });
});
