import assert from 'node:assert/strict';
import { describeGraph } from '../../../src/pipeline/graph/describeGraph';
import type { RecordedRun } from '../../../src/pipeline/ledger/recordedRun';
import type { StageStatus } from '../../../src/pipeline/status/stageStatus';
import { makeProject, makeStage } from './makeStage';

const PREPARE = makeStage('prepare', { kind: 'prepare', outputs: ['data'] });
const TRAIN = makeStage('train', {
  kind: 'train',
  command: 'python train.py',
  dependencies: ['data/train.csv'],
  notRunnable: 'a server runs it',
});
const PROJECT = makeProject('/project', [TRAIN, PREPARE]);

const RUN: RecordedRun = {
  run: 'r1',
  stage: 'train',
  status: 'failed',
  started: 1000,
  seconds: 2.5,
  exitCode: 1,
  log: '/secret/place/train.log',
  pid: 7,
  processStart: null,
  command: 'python train.py',
  cwd: '/project',
  reason: undefined,
  inputs: { command: '', dependencies: {}, parameters: {} },
  outputs: {},
  isRecorded: true,
};

describe('describeGraph', () => {
  it('gives each stage with what it reads from, its status and its last run', () => {
    const status: StageStatus = { id: 'train', status: 'failed', reasons: ['exit code 1'] };
    const [train, prepare] = describeGraph(PROJECT, (id) =>
      id === 'train' ? { status, lastRun: RUN } : undefined,
    );
    assert.deepEqual(train, {
      id: 'train',
      name: 'train',
      tool: 'preflight',
      kind: 'train',
      command: 'python train.py',
      source: { file: 'preflight.yaml', line: 1 },
      upstream: ['prepare'],
      status: 'failed',
      reasons: ['exit code 1'],
      lastRun: { status: 'failed', started: 1000, seconds: 2.5, exitCode: 1 },
      notRunnable: 'a server runs it',
    });
    assert.deepEqual(prepare?.upstream, []);
  });

  it('says nothing of a stage whose status has not been read: it is not fresh by default', () => {
    const [train] = describeGraph(PROJECT, () => undefined);
    assert.equal(train?.status, undefined);
    assert.equal(train?.lastRun, undefined);
    assert.deepEqual(train?.reasons, []);
  });

  it('is plain data, as a message to a web view must be', () => {
    const stages = describeGraph(PROJECT, () => undefined);
    assert.deepEqual(structuredClone(stages), stages);
  });

  it('tells stages of one name apart by their folders', () => {
    const stages = ['alpha', 'beta'].map((cwd) =>
      makeStage(`${cwd}/dvc.yaml:train`, { name: 'train', tool: 'dvc', cwd }),
    );
    const named = describeGraph(makeProject('/project', [...stages, PREPARE]), () => undefined);
    assert.deepEqual(
      named.map(({ name }) => name),
      ['train (alpha)', 'train (beta)', 'prepare'],
    );
  });
});
