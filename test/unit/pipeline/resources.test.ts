import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMachine } from '../../../src/pipeline/run/readMachine';
import { ResourcePool } from '../../../src/pipeline/run/resourcePool';
import { runStages } from '../../../src/pipeline/run/runStages';
import type { RunEvent } from '../../../src/pipeline/run/stageRun';
import type { Stage, StageResources } from '../../../src/project/project';
import { makeProject, makeStage } from './makeStage';

const MACHINE = { cpus: 4, memory: 8e9, gpus: 1 };
const needing = (id: string, resources?: StageResources): Stage =>
  makeStage(id, resources === undefined ? {} : { resources });

describe('ResourcePool', () => {
  const fits = (running: readonly Stage[], stage: Stage, jobs = 8): boolean => {
    const pool = new ResourcePool(jobs, MACHINE);
    for (const one of running) pool.take(one);
    return pool.fits(stage);
  };

  it('lets run together what the machine has room for', () => {
    const two = needing('two', { cpus: 2 });
    assert.equal(fits([two], needing('b', { cpus: 2 })), true);
    assert.equal(fits([two], needing('b', { cpus: 3 })), false);
    assert.equal(fits([needing('g', { gpus: 1 })], needing('h', { gpus: 1 })), false);
    assert.equal(fits([needing('g', { gpus: 1 })], needing('h', { gpus: 0, cpus: 4 })), true);
    assert.equal(fits([needing('m', { memory: 5e9 })], needing('n', { memory: 4e9 })), false);
  });

  it('asks nothing of what declares nothing, but a job', () => {
    assert.equal(fits([needing('all', { cpus: 4, memory: 8e9, gpus: 1 })], needing('b')), true);
    assert.equal(fits([needing('a'), needing('b')], needing('c'), 2), false);
  });

  it('lets what needs more than there is run alone', () => {
    const large = needing('large', { cpus: 64 });
    assert.equal(fits([], large), true);
    assert.equal(fits([needing('a')], large), false);
    assert.equal(fits([large], needing('a')), false);
    const pool = new ResourcePool(1, MACHINE);
    assert.equal(pool.excessOf(large), '64 cpus, of which there are 4');
    assert.equal(
      pool.excessOf(needing('m', { memory: 16e9 })),
      '16 GB of memory, of which there are 8 GB',
    );
  });
});

describe('readMachine', () => {
  it('takes what is declared, and counts the devices that are made visible', () => {
    const machine = readMachine({ cpus: 3, memory: 7 }, { CUDA_VISIBLE_DEVICES: '0,2, 5' });
    assert.deepEqual(machine, { cpus: 3, memory: 7, gpus: 3 });
    const seen = readMachine({}, {});
    assert.ok(seen.cpus >= 1 && seen.memory > 2 ** 28 && seen.gpus >= 1);
  });
});

describe('runStages with resources', function () {
  this.timeout(60_000);

  it('never overlaps what does not fit, and ends', async () => {
    const root = await mkdtemp(join(tmpdir(), 'preflight-resources-'));
    try {
      const events: RunEvent[] = [];
      // A folder can be made once: two of them at a time would fail.
      const command = 'mkdir busy && sleep 0.05 && rmdir busy';
      const stages = [
        ...['a', 'b', 'c'].map((id) => makeStage(id, { command, resources: { gpus: 1 } })),
        makeStage('huge', {
          command: 'mkdir busy && mkdir alone && sleep 0.05 && rmdir alone busy',
          resources: { gpus: 9 },
        }),
        ...['x', 'y'].map((id) => makeStage(id, { command: '[ ! -e alone ]' })),
      ];
      const runs = await runStages({
        project: makeProject(root, stages),
        stages,
        stateFolder: join(root, '.state'),
        jobs: 6,
        resources: MACHINE,
        force: false,
        signal: new AbortController().signal,
        environment: undefined,
        onEvent: (event) => void events.push(event),
      });
      assert.deepEqual(
        runs.map((run) => run.status),
        stages.map(() => 'succeeded'),
      );
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])),
        ['huge needs 9 gpus, of which there are 1: it runs alone.'],
      );
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
