import assert from 'node:assert/strict';
import { watchMemory } from '../../../src/data/engine/memoryWatchdog';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the watchdog over memory', () => {
  it('says once that there is too much, and nothing before and after', async () => {
    let resident = 10;
    const told: number[] = [];
    const watchdog = watchMemory(
      100,
      (found) => told.push(found),
      () => resident,
    );
    await pause(250);
    assert.deepEqual(told, []);
    resident = 101;
    await pause(450);
    assert.deepEqual(told, [101]);
    watchdog.dispose();
  });

  it('is silent when it is no longer needed', async () => {
    const told: number[] = [];
    watchMemory(0, (found) => told.push(found)).dispose();
    await pause(250);
    assert.deepEqual(told, []);
  });
});
