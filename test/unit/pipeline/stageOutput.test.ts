import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { readRuns } from '../../../src/pipeline/ledger/runLedger';
import { makeStage } from './makeStage';
import { StageRuns } from './stageRuns';

describe('the output of stages', function () {
  this.timeout(60_000);
  const suite = new StageRuns();
  const { run, output } = suite;

  it('hands on less of an output that comes too fast, and says so', async () => {
    const stage = makeStage('fast', { command: `yes 0123456789abcde | head -c ${8 * 2 ** 20}` });
    await run([stage], {
      backlogBytes: 2 ** 16,
      onEvent: (event) => {
        suite.events.push(event);
        // A terminal that is slow to take it.
        const until = performance.now() + 5;
        while (event.type === 'output' && performance.now() < until);
      },
    });
    assert.match(output('fast'), /^\[[\d,]+ bytes left out here; they are in the log\]$/m);
    assert.ok(output('fast').length < 4 * 2 ** 20);
    assert.ok(output('fast').endsWith('0123456789abcde\n'));
  });

  it('passes 200 MB through without keeping them', async () => {
    const megabytes = 200;
    const stage = makeStage('chatter', {
      command: `yes 0123456789abcde | head -c ${megabytes * 2 ** 20}`,
    });
    let received = 0;
    let largestPiece = 0;
    let peak = 0;
    const before = process.memoryUsage().rss;
    const [result] = await run([stage], {
      onEvent: (event) => {
        if (event.type !== 'output') return;
        received += event.data.length;
        largestPiece = Math.max(largestPiece, event.data.length);
        peak = Math.max(peak, process.memoryUsage().rss);
      },
    });
    assert.equal(result?.status, 'succeeded');
    assert.equal(received, megabytes * 2 ** 20);
    const kept = (await stat(result.log ?? '')).size;
    assert.ok(kept > 64 * 2 ** 20 && kept < 65 * 2 ** 20, `${kept} bytes of the log are kept`);
    assert.ok(largestPiece <= 2 ** 16);
    assert.ok(peak - before < 100 * 2 ** 20, `${(peak - before) / 2 ** 20} MB more`);
  });

  it('waits with the next piece for whoever takes it', async () => {
    const stage = makeStage('steady', { command: 'head -c 1000000 /dev/zero' });
    let taking = 0;
    let most = 0;
    let received = 0;
    await run([stage], {
      onEvent: async (event) => {
        if (event.type !== 'output') return;
        most = Math.max(most, ++taking);
        received += event.data.length;
        await setTimeout(5);
        taking--;
      },
    });
    assert.equal(most, 1);
    assert.equal(received, 1_000_000);
  });

  it('is that of a stage that succeeds though it removes its log', async () => {
    const command = 'echo before; rm -rf .state/logs; echo after';
    const [result] = await run([makeStage('tidy', { command })]);
    assert.equal(result?.status, 'succeeded');
    assert.equal(output('tidy'), 'before\nafter\n');
    assert.equal((await readRuns(suite.stateFolder)).at(-1)?.status, 'succeeded');
  });
});
