import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { readRuns } from '../../src/pipeline/ledger/runLedger';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { inRepository } from '../harness/repository';
import { COMMAND_LINE, preflight, preflightJson } from './commandLine';

/** `ml-preflight run` in a real pseudo terminal, and in a pipe. */
describe('ml-preflight run', function () {
  this.timeout(90_000);
  let project: SampleProject;
  beforeEach(async () => {
    project = await makeEmptyProject();
    await project.run('git', 'init', '-q');
    await mkdir(join(project.root, '.git', 'preflight'));
  });
  afterEach(() => project.dispose());

  const describeStages = (stages: Readonly<Record<string, object>>) =>
    project.edit('preflight.yaml', () => JSON.stringify({ version: 1, stages }));
  const start = (words: readonly string[], columns = 80, env: NodeJS.ProcessEnv = {}) => {
    const script = inRepository('test', 'cli', 'pseudoTerminal.py');
    const program = [process.execPath, COMMAND_LINE, 'run', ...words];
    const { CI: _ci, NO_COLOR: _colour, ...inherited } = project.environment;
    return spawn('python3', [script, String(columns), '24', ...program], {
      cwd: project.root,
      env: { ...inherited, TERM: 'xterm-256color', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  };
  /** What is seen, and the exit code. */
  const type = async (
    words: readonly string[],
    steps: readonly string[] = [],
    columns?: number,
    env?: NodeJS.ProcessEnv,
  ) => {
    const child = start(words, columns, env);
    child.stdin.end(steps.map((step) => `${step}\n`).join(''));
    let text = '';
    child.stdout.on('data', (data: Buffer) => (text += data.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    return { text, code };
  };
  const runs = () => readRuns(join(project.root, '.git', 'preflight'));
  const until = async (condition: () => boolean | Promise<boolean>) => {
    const deadline = Date.now() + 30_000;
    while (!(await condition())) {
      assert.ok(Date.now() < deadline, 'nothing happened for 30 s');
      await setTimeout(50);
    }
  };

  it('shows a table on a terminal, takes it away at the end, and gives the cursor back', async () => {
    await describeStages({
      prepare: { run: "printf 'one\\ntwo\\033[2A\\033[31mred\\n'; sleep 0.4", outputs: ['p'] },
      train: { run: 'exit 3', dependencies: ['p'] },
    });
    const { text, code } = await type([], ['wait running', 'resize 40 10']);
    assert.equal(code, 1);
    const plain = stripVTControlCharacters(text);
    assert.match(plain, /prepare {2}running/);
    assert.match(plain, /train {4}waiting/);
    // Colours stay, what moves the cursor does not.
    assert.ok(text.includes('two\u001b[31mred\u001b[0m'));
    assert.ok(text.lastIndexOf('\u001b[?25h') > text.lastIndexOf('\u001b[?25l'));
    assert.ok(text.lastIndexOf('\u001b[J') > text.lastIndexOf('waiting'));
    assert.match(text, /train: failed after .*, exit code 3/);
  });

  it('makes no line wider than the terminal, of wide characters either', async () => {
    await describeStages({ 訓練: { run: `echo ${'日本語'.repeat(30)}; sleep 1.2` } });
    const { text } = await type([], ['wait running'], 30);
    // The table is what is written while lines do not wrap.
    const rows = text
      .split('\u001b[?7l')
      .slice(1)
      .flatMap((part) => (part.split('\u001b[?7h')[0] ?? '').split('\r\n'));
    assert.ok(rows.length > 1);
    for (const row of rows) {
      const plain = stripVTControlCharacters(row);
      const width = Array.from(plain, (letter) => (letter > '\u2e80' ? 2 : 1)).reduce(
        (a, b) => a + b,
        0,
      );
      assert.ok(width < 30, plain);
    }
  });

  it('interrupts, then terminates, then kills with Ctrl+C, and ends with 130', async () => {
    await describeStages({
      deaf: { run: "trap '' INT TERM; echo $$ > pid; while :; do sleep 0.05; done" },
      next: { run: 'touch next.ran' },
    });
    const steps = ['wait running', 'type 03', 'wait Interrupting', 'type 03', 'wait Terminating'];
    const began = Date.now();
    const { text, code } = await type([], [...steps, 'type 03']);
    assert.equal(code, 130);
    assert.match(text, /deaf: cancelled/);
    // Each step is given 5 s unless it is asked for again.
    assert.ok(Date.now() - began < 8000);
    assert.equal(existsSync(join(project.root, 'next.ran')), false);
    assert.equal((await runs()).at(-1)?.status, 'cancelled');
    const pid = (await project.run('cat', 'pid')).trim();
    await until(() => !existsSync(`/proc/${pid}/cmdline`));
  });

  it('stops what runs, and records it, when its terminal is closed', async () => {
    await describeStages({ slow: { run: 'echo $$ > pid; exec sleep 100' } });
    const child = start([]);
    child.stdin.end();
    await until(() => existsSync(join(project.root, 'pid')));
    child.kill('SIGKILL');
    await until(async () => (await runs()).at(-1)?.status === 'cancelled');
    const pid = (await project.run('cat', 'pid')).trim();
    await until(() => !existsSync(`/proc/${pid}/cmdline`));
  });

  it('writes plain lines into a pipe, and to a terminal that wants no colours', async () => {
    await describeStages({
      a: { run: "printf '1%%\\r2%%\\n'; echo x" },
      'b c': { run: 'printf open' },
    });
    const piped = await preflight(project, 'run', '--jobs', '2');
    assert.equal(piped.code, 0);
    assert.match(piped.stdout, /^a \| 2%\na \| x$/m);
    assert.match(piped.stdout, /^b c \| open$/m);
    assert.equal(piped.stdout.includes('\u001b'), false);
    const { text } = await type(['--force', 'a'], [], 80, { NO_COLOR: '1' });
    assert.equal(text.includes('\u001b'), false);
    assert.match(text, /1%\r2%/);
  });

  it('runs one stage alone, or with what it needs, or with what builds on it', async () => {
    await describeStages({
      one: { run: 'touch 1', outputs: ['1'] },
      two: { run: 'touch 2', dependencies: ['1'], outputs: ['2'] },
      three: { run: 'touch 3', dependencies: ['2'] },
    });
    const planned = async (...words: readonly string[]) => {
      const { json } = await preflightJson<{ plan: readonly { stage: string }[] }>(
        project,
        'run',
        '--dry-run',
        ...words,
      );
      return json.plan.map((one) => one.stage);
    };
    assert.deepEqual(await planned('two'), ['one', 'two']);
    assert.deepEqual(await planned('two', '--single-item'), ['two']);
    assert.deepEqual(await planned('two', '--downstream'), ['one', 'two', 'three']);
    assert.deepEqual(await planned('two', '--downstream', '--single-item'), ['two', 'three']);
    assert.deepEqual(await planned(), ['one', 'two', 'three']);
  });

  it('prints 200 MB to a terminal without holding it up, and keeps start and end in the log', async () => {
    await describeStages({
      chatter: { run: `echo first; yes 0123456789abcde | head -c ${200 * 2 ** 20}; echo last` },
    });
    const { text, code } = await type([]);
    assert.equal(code, 0);
    assert.match(text, /first/);
    assert.match(text, /bytes left out here; they are in the log/);
    assert.match(text, /last\r\n/);
    assert.ok(text.length < 150 * 2 ** 20, `${text.length} characters reached the terminal`);
    const size = Number(await project.run('stat', '-c', '%s', (await runs()).at(-1)?.log ?? ''));
    assert.ok(size > 60 * 2 ** 20 && size < 65 * 2 ** 20, `${size} bytes of log`);
  });

  it('sets a value for one run, and refuses what there is not', async () => {
    await project.edit('params.yaml', () => 'lr: 0.1\n');
    await describeStages({ fit: { run: 'cat params.yaml', parameters: ['params.yaml:lr'] } });
    const { stdout, code } = await preflight(project, 'run', 'fit', '--set', 'lr=0.3');
    assert.equal(code, 0);
    assert.match(stdout, /^lr: 0\.3$/m);
    assert.equal(await project.run('cat', 'params.yaml'), 'lr: 0.1\n');
    const wrong = await preflight(project, 'run', 'fit', '--set', 'lrr=0.3');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /Did you mean "params\.yaml:lr"\?/);
    assert.equal((await preflight(project, 'run', '--set', 'lr=0.3')).code, 2);
  });
});
