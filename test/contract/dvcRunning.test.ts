import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProject } from '../../src/project/detectProject';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { ensurePythonEnvironment, withPath } from '../harness/pythonEnvironment';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';

// Each stage says by `.begun` that it runs, and goes on when there is a file of its name with `.go`.
const waitFor = (name: string): string =>
  `touch ${name}.begun; while [ ! -f ${name}.go ]; do sleep 0.05; done`;

const PIPELINE = `stages:
  first:
    cmd: ${waitFor('first')}; cp raw.txt first.txt
    deps: [raw.txt]
    outs: [first.txt]
  second:
    cmd: ${waitFor('second')}
    deps: [first.txt]
    params: [rate]
  other:
    cmd: cp raw.txt other.txt
    deps: [raw.txt]
    outs: [other.txt]
`;

/** What is shown of stages that DVC runs on its own, in another terminal. */
describe('a stage that DVC is running elsewhere', function () {
  this.timeout(60_000);
  let project: SampleProject;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    project = await makeEmptyProject();
    env = { ...withPath(await ensurePythonEnvironment()), DVC_NO_ANALYTICS: '1' };
    await project.edit('dvc.yaml', () => PIPELINE);
    await project.edit('raw.txt', () => 'raw\n');
    await project.edit('params.yaml', () => 'rate: 1\n');
    await project.edit('.gitignore', () => '*.go\n*.begun\n');
    await runToEnd('git', 'init', '-q');
    await runToEnd('dvc', 'init', '-q');
  });
  afterEach(() => project.dispose());

  const start = (program: string, ...words: readonly string[]): ChildProcess =>
    spawn(program, words, { cwd: project.root, env, stdio: 'ignore', detached: true });
  const runToEnd = async (program: string, ...words: readonly string[]): Promise<void> => {
    const [code] = (await once(start(program, ...words), 'exit')) as [number];
    assert.equal(code, 0, `${program} ${words.join(' ')}`);
  };
  const go = (name: string): Promise<void> => writeFile(join(project.root, `${name}.go`), '');
  const statuses = async (): Promise<Readonly<Record<string, string>>> => {
    const files = await openWorktreeFiles(project.root);
    assert.ok(files.ok);
    const { stages, ...rest } = await detectProject(files.value);
    const all = await readStatus({ ...rest, stages }, join(project.root, '.git', 'preflight'));
    return Object.fromEntries(all.map(({ id, status }) => [id, status]));
  };
  const hasBegun = async (name: string): Promise<void> => {
    while (!existsSync(join(project.root, `${name}.begun`))) await wait(20);
  };
  /** Until DVC has come so far; the test's own time ends what never comes. */
  const until = async (wanted: Readonly<Record<string, string>>): Promise<void> => {
    for (;;) {
      const now = await statuses();
      // All at once: one stage may be read before DVC goes on to the next, and the other after that.
      if (Object.entries(wanted).every(([id, status]) => now[id] === status)) return;
      await wait(20);
    }
  };

  it('is running while DVC is at it, and no longer', async () => {
    const lockFile = join(project.root, '.dvc', 'tmp', 'rwlock');
    const repro = start('dvc', 'repro');
    const ended = once(repro, 'exit');
    await until({ first: 'running', second: 'never-run', other: 'never-run' });
    const locks = await readFile(lockFile, 'utf8');
    await go('first');
    // It writes nothing: known by what it reads.
    await until({ first: 'fresh', second: 'running' });
    assert.notEqual(await readFile(lockFile, 'utf8'), locks);
    await go('second');
    assert.deepEqual(await ended, [0, null]);
    assert.deepEqual(await statuses(), { first: 'fresh', second: 'fresh', other: 'fresh' });
  });

  it('is not running any more when DVC was killed, whose locks are still there', async () => {
    const repro = start('dvc', 'repro', 'first');
    const ended = once(repro, 'exit');
    await until({ first: 'running' });
    // Before that DVC still writes its locks, and a kill may find the file empty.
    await hasBegun('first');
    process.kill(-(repro.pid ?? 0), 'SIGKILL');
    await ended;
    const locks = await readFile(join(project.root, '.dvc', 'tmp', 'rwlock'), 'utf8');
    assert.match(locks, /first\.txt/);
    assert.equal((await statuses())['first'], 'never-run');
    // The number of the process may be another's by now.
    const taken = locks.replaceAll(String(repro.pid), String(process.pid));
    await writeFile(join(project.root, '.dvc', 'tmp', 'rwlock'), taken);
    assert.equal((await statuses())['first'], 'never-run');
  });

  it('is running in an experiment too', async () => {
    await runToEnd('git', 'add', '.');
    await runToEnd('git', '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'first');
    const run = start('dvc', 'exp', 'run', 'first');
    const ended = once(run, 'exit');
    await until({ first: 'running' });
    await go('first');
    assert.deepEqual(await ended, [0, null]);
    assert.equal((await statuses())['first'], 'fresh');
  });
});
