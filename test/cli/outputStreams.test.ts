import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { COMMAND_LINE, spawnIn } from './commandLine';

/** Whoever reads what the command line writes may be slow, gone, or a full disk. */
describe('ml-preflight into a pipe or a file', function () {
  this.timeout(90_000);
  let project: SampleProject;
  beforeEach(async () => {
    project = await makeEmptyProject();
    await project.run('git', 'init', '-q');
  });
  afterEach(() => project.dispose());

  const describeStages = (stages: Readonly<Record<string, object>>) =>
    project.edit('preflight.yaml', () => JSON.stringify({ version: 1, stages }));
  const shell = (line: string) =>
    spawnIn(project, 'bash', ['-c', line, process.execPath, COMMAND_LINE]);

  it('does not fill the memory for a reader that is slow', async () => {
    const bytes = 300 * 2 ** 20;
    await describeStages({ chatter: { run: `yes 0123456789abcde | head -c ${bytes}` } });
    const child = spawn(process.execPath, [COMMAND_LINE, 'run'], {
      cwd: project.root,
      env: project.environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await setTimeout(5000);
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
    let received = 0;
    child.stdout.on('data', (data: Buffer) => (received += data.length));
    const peak = Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
    assert.ok(peak < 200 * 2 ** 20, `${peak} bytes at most`);
    assert.equal(await new Promise((resolve) => child.once('close', resolve)), 0);
    assert.ok(received > bytes, `${received} bytes arrived`);
  });

  it('goes on without a reader: the exit code is the verdict', async () => {
    await describeStages({
      first: { run: 'seq 100000; touch done' },
      last: { run: 'exit 3', dependencies: ['done'] },
    });
    const { stdout, stderr } = await shell(
      '"$0" "$1" run --keep-going | true; echo ${PIPESTATUS[0]}',
    );
    assert.equal(stdout, '1\n');
    assert.doesNotMatch(stderr, /EPIPE/);
    const doctor = await shell('"$0" "$1" doctor | true; echo ${PIPESTATUS[0]}');
    assert.equal(doctor.stdout, '0\n');
    assert.equal(doctor.stderr, '');
  });

  it('ends with 2 where nobody could be told the results', async () => {
    await describeStages({ fit: { run: 'true' } });
    for (const words of ['status', 'status --format json', 'run --format json']) {
      const { code, stderr } = await shell(`"$0" "$1" ${words} >/dev/full`);
      assert.equal(code, 2, words);
      assert.match(stderr, /^ml-preflight: the results could not be written: ENOSPC/);
    }
  });
});
