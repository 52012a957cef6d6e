import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { coalesce } from '../../../src/base/coalesce';

describe('coalesce', () => {
  it('never overlaps, and sees in its last run what the last call brought', async () => {
    let active = 0;
    let source = 0;
    const seen: number[] = [];
    const refresh = coalesce(async () => {
      active += 1;
      assert.equal(active, 1, 'two runs at once');
      const read = source;
      await setImmediate();
      seen.push(read);
      active -= 1;
    });
    for (let call = 1; call <= 5; call++) {
      source = call;
      void refresh();
    }
    await refresh();
    assert.equal(seen.at(-1), 5);
    assert.equal(seen.length, 2, 'one for the first call, one for all the others');
  });

  it('starts anew after it has settled, and after a failure', async () => {
    let runs = 0;
    const refresh = coalesce(async () => {
      runs += 1;
      await setImmediate();
      if (runs === 1) throw new Error('the disk is full');
    });
    await assert.rejects(refresh(), /disk is full/);
    await refresh();
    await refresh();
    assert.equal(runs, 3);
  });
});
