import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { listProcesses } from '../../../src/pipeline/run/processList';
import {
  findMarkedLines,
  MARKER_VARIABLE,
  MarkedProcesses,
  markerOf,
} from '../../../src/pipeline/run/runMarker';

describe('the marker of a stage in a run', () => {
  const marker = markerOf('20260102T030405Z-a1b2c3', 'train');

  it('is found in the lines of ps -E, as a whole', () => {
    const lines = [
      `  12 /usr/bin/python train.py HOME=/root ${MARKER_VARIABLE}=${marker} LANG=C`,
      `  13 sleep 5 ${MARKER_VARIABLE}=${marker}-2`,
      `1400 sleep 5 OTHER_${MARKER_VARIABLE}=${marker}`,
      `1500 sleep 5 ${MARKER_VARIABLE}=${marker}`,
      '',
    ];
    assert.deepEqual([...findMarkedLines(lines.join('\n'), marker)], [12, 1500]);
  });

  it('is carried by what a stage starts, and not by us', async () => {
    const env = { ...process.env, [MARKER_VARIABLE]: marker };
    const child = spawn('sh', ['-c', 'echo up; exec sleep 30'], { env });
    await once(child.stdout, 'data');
    try {
      const find = async (of: string) =>
        (await new MarkedProcesses(of).among(await listProcesses())).map(({ pid }) => pid);
      assert.deepEqual(await find(marker), [child.pid]);
      assert.deepEqual(await find(markerOf('20260102T030405Z-a1b2c3', 'trai')), []);
    } finally {
      child.kill();
    }
  });
});
