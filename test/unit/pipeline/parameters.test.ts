import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareParameters } from '../../../src/pipeline/parameters/parameterChanges';
import { prepareSetting } from '../../../src/pipeline/parameters/prepareSetting';
import { parseSetValues, valueOfText } from '../../../src/pipeline/parameters/setValues';
import { readRuns } from '../../../src/pipeline/ledger/runLedger';
import { runStages } from '../../../src/pipeline/run/runStages';
import { readStatus } from '../../../src/pipeline/status/status';
import type { RunEvent } from '../../../src/pipeline/run/stageRun';
import type { Stage } from '../../../src/project/project';
import { makeProject, makeStage } from './makeStage';

const PARAMETERS = '# of the model\ntrain:\n  lr: 0.1 # rate\n  name: small\nseed: 7\n';
const SCRIPT = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("-n", "--n-estimators", type=int, default=100)
parser.add_argument("--quick", action="store_true")
arguments = parser.parse_args()
`;

describe('parameters for one run', function () {
  this.timeout(60_000);
  let root = '';
  let stateFolder = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'preflight-set-'));
    stateFolder = join(root, '.git', 'preflight');
    await mkdir(join(root, 'empty'));
    await writeFile(join(root, 'params.yaml'), PARAMETERS);
    await writeFile(join(root, 'params.json'), '{"a": {"b": 1}}');
    await writeFile(join(root, 'params.toml'), 'size = 8\n[inner]\nname = "x"\n');
    await writeFile(join(root, 'train.py'), SCRIPT);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const stage = makeStage('train', {
    command: 'cp params.yaml out.txt; touch empty/made; pwd',
    parameters: ['params.yaml:train', 'params.json', 'params.toml'],
    outputs: ['out.txt'],
  });
  const prepare = async (words: readonly string[], of: Stage = stage) => {
    const values = parseSetValues(words);
    assert.ok(values.ok);
    return prepareSetting(of, root, values.value);
  };
  const problemOf = async (words: readonly string[], of?: Stage) => {
    const setting = await prepare(words, of);
    assert.ok(!setting.ok);
    return setting.problem;
  };
  const run = async (words: readonly string[], of: Stage = stage, events: RunEvent[] = []) => {
    const setting = words.length === 0 ? undefined : await prepare(words, of);
    if (setting?.ok === false) assert.fail(setting.problem.message);
    const [result] = await runStages({
      project: makeProject(root, [of]),
      stages: [of],
      stateFolder,
      jobs: 1,
      force: false,
      setting: setting?.value,
      signal: new AbortController().signal,
      environment: undefined,
      onEvent: (event) => void events.push(event),
    });
    return result;
  };
  const status = async () => (await readStatus(makeProject(root, [stage]), stateFolder))[0]?.status;

  it('run in a copy, leave the file and the baseline alone, and are recorded', async () => {
    await run([]);
    assert.equal(await status(), 'fresh');
    const before = await readFile(join(root, 'out.txt'), 'utf8');
    const events: RunEvent[] = [];
    const result = await run(["train.name=it's $(touch pwned)", 'lr=1e-7'], stage, events);
    assert.equal(result?.status, 'succeeded');
    assert.equal(await readFile(join(root, 'params.yaml'), 'utf8'), PARAMETERS);
    assert.equal(await readFile(join(root, 'out.txt'), 'utf8'), before);
    const started = events.find((event) => event.type === 'started');
    assert.ok(started?.type === 'started');
    const made = await readFile(join(started.copy ?? '', 'out.txt'), 'utf8');
    // PyYAML takes 1e-7 for text, 1.0e-7 for a number.
    assert.equal(made, PARAMETERS.replace('0.1', '1.0e-7').replace('small', "it's $(touch pwned)"));
    assert.equal(existsSync(join(started.copy ?? '', '.git')), false);
    assert.equal(existsSync(join(root, 'pwned')), false);
    const last = (await readRuns(stateFolder)).at(-1);
    assert.deepEqual(last?.set, {
      'params.yaml:train.name': "it's $(touch pwned)",
      'params.yaml:train.lr': '1e-7',
    });
    assert.equal(last.copy, started.copy);
    assert.equal(await status(), 'fresh');
  });

  it('never make a stage fresh that was not', async () => {
    await run(['lr=3']);
    assert.equal(await status(), 'never-run');
  });

  it('edit JSON and TOML too, with the types that the values have', async () => {
    const setting = await prepare(['b=true', 'size=2', 'inner.name=null text']);
    assert.ok(setting.ok && setting.value.way.kind === 'copy');
    const files = Object.fromEntries(
      setting.value.way.files.map(({ path, content }) => [path, content]),
    );
    assert.deepEqual(JSON.parse(files['params.json'] ?? ''), { a: { b: true } });
    assert.equal(files['params.toml']?.trim(), 'size = 2\n\n[inner]\nname = "null text"');
  });

  it('know a key by its end, and ask where several end so', async () => {
    for (const word of ['train.lrr=3', 'lrr=3', 'params.yml:train.lr=3']) {
      const unknown = await problemOf([word]);
      assert.equal(unknown.code, 'parameter-unknown');
      assert.equal(unknown.fix, 'Did you mean "params.yaml:train.lr"?');
    }
    // Not one of this stage's, although it is in the file.
    assert.equal((await problemOf(['seed=3'])).code, 'parameter-unknown');
    const ambiguous = await problemOf(['name=y']);
    assert.equal(ambiguous.code, 'parameter-ambiguous');
    assert.match(ambiguous.fix ?? '', /params\.yaml:train\.name, params\.toml:inner\.name/);
  });

  it('become options of a script that has them, quoted', async () => {
    const script = makeStage('fit', { command: 'echo python train.py' });
    const own = makeStage('own', { command: 'python train.py', parameters: ['params.yaml'] });
    const setting = await prepare(['n_estimators=5; touch pwned', 'quick=true'], own);
    assert.ok(setting.ok);
    assert.deepEqual(setting.value.way, {
      kind: 'options',
      words: ['--n-estimators=5; touch pwned', '--quick'],
    });
    assert.equal((await problemOf(['epochs=5'], own)).code, 'parameter-unknown');
    // What is only printed, or one of several commands, is not the script's command line.
    assert.equal((await problemOf(['n_estimators=5'], script)).code, 'parameter-unknown');
    const two = makeStage('two', { command: 'python train.py && echo done' });
    assert.equal((await problemOf(['n_estimators=5'], two)).code, 'parameter-unknown');
  });

  it('keep the newest copies only', async () => {
    for (let value = 0; value < 5; value++) await run([`lr=${value}`]);
    assert.equal((await readdir(join(stateFolder, 'copies'))).length, 3);
  });

  it('have the types that DVC gives them', () => {
    // As dvc.utils.hydra.apply_overrides of DVC 3.67 writes them into a file.
    const texts = ['0.3', '1e-3', '12', 'true', 'null', 'text', '[1, 2]', 'inf', '-inf', 'a b'];
    assert.deepEqual(texts.map(valueOfText), [
      0.3,
      0.001,
      12,
      true,
      null,
      'text',
      [1, 2],
      Infinity,
      -Infinity,
      'a b',
    ]);
  });

  it('must be KEY=VALUE, once', () => {
    for (const words of [['lr'], ['=3'], ['lr=1', 'lr=2']]) {
      assert.equal(parseSetValues(words).ok, false);
    }
    assert.deepEqual(parseSetValues(['a=b=c', 'd=']), {
      ok: true,
      value: [
        { key: 'a', text: 'b=c' },
        { key: 'd', text: '' },
      ],
    });
  });
});

describe('compareParameters', () => {
  const stage = makeStage('train', { parameters: ['p.yaml:train', 'p.yaml:seed', 'whole.json'] });

  it('tells what is another value, new or gone, of what the stage reads', async () => {
    const base = new Map([
      ['p.yaml', 'train: {lr: 0.1, old: 1}\nseed: 7\nother: 1\n'],
      ['whole.json', '{"a": [1, 2]}'],
    ]);
    const now = new Map([
      ['p.yaml', 'other: 2\nseed: 7.0\ntrain: {lr: 0.3, new: x}\n'],
      ['whole.json', '{"a": [1, 3]}'],
    ]);
    assert.deepEqual(await compareParameters(stage, base, now), [
      { file: 'p.yaml', key: 'train.lr', before: 0.1, after: 0.3 },
      { file: 'p.yaml', key: 'train.old', before: 1, after: undefined },
      { file: 'p.yaml', key: 'train.new', before: undefined, after: 'x' },
      { file: 'whole.json', key: 'a', before: [1, 2], after: [1, 3] },
    ]);
  });

  it('takes a missing file as one without values, and a damaged one as unknown', async () => {
    const now = new Map([['p.yaml', 'seed: 1\n']]);
    assert.deepEqual(await compareParameters(stage, new Map(), now), [
      { file: 'p.yaml', key: 'seed', before: undefined, after: 1 },
    ]);
    const damaged = new Map([['p.yaml', 'a: [']]);
    assert.deepEqual(await compareParameters(stage, now, damaged), []);
    assert.deepEqual(await compareParameters(stage, damaged, now), []);
  });
});
