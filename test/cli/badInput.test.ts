import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../src/project/project';
import type { StageRun } from '../../src/pipeline/run/stageRun';
import { copySample, makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { preflight, preflightJson } from './commandLine';

/** What a user's folder can be on a bad day: a clear message, an honest exit code, nothing hung. */
describe('bad input', function () {
  this.timeout(60_000);
  const opened: SampleProject[] = [];
  const empty = async (): Promise<SampleProject> => {
    const project = await makeEmptyProject();
    opened.push(project);
    return project;
  };
  const repository = async (): Promise<SampleProject> => {
    const project = await empty();
    await project.run('git', 'init', '-q', '-b', 'main');
    await project.run('git', 'config', 'user.name', 'Ada Example');
    await project.run('git', 'config', 'user.email', 'ada@example.org');
    return project;
  };
  afterEach(async () => {
    for (const project of opened.splice(0)) await project.dispose();
  });

  it('usage: an unknown command, option or format is told with what was meant', async () => {
    const project = await empty();
    const command = await preflight(project, 'chekc');
    assert.equal(command.code, 2);
    assert.match(command.stderr, /Did you mean "check"\?/);
    const option = await preflight(project, 'check', '--stagd');
    assert.equal(option.code, 2);
    assert.match(
      option.stderr,
      /^ml-preflight: There is no option "--stagd" here\. Did you mean "--staged"\?$/m,
    );
    const value = await preflight(project, 'detect', '--format');
    assert.equal(value.code, 2);
    assert.match(value.stderr, /argument missing\. Run `ml-preflight --help`/);
    assert.equal((await preflight(project, 'detect', '--format', 'sarif')).code, 2);
    assert.equal((await preflight(project, 'detect', '--project', 'nowhere')).code, 2);
  });

  it('stages that no pipeline has: a run says so, and how one is named', async () => {
    const project = await empty();
    await writeFile(join(project.root, 'Makefile'), 'show: ; python show.py\n');
    const run = await preflight(project, 'run');
    assert.equal(run.code, 2);
    assert.match(run.stderr, /part of a pipeline.*`ml-preflight run show`/);
  });

  it('an empty folder without git: every command says what is missing', async () => {
    const project = await empty();
    const detected = await preflightJson<{ projects: Project[] }>(project, 'detect');
    assert.equal(detected.code, 0);
    assert.deepEqual(detected.json.projects[0]?.stages, []);
    assert.equal((await preflight(project, 'status')).code, 0);
    assert.equal((await preflight(project, 'validate')).code, 0);
    const run = await preflight(project, 'run');
    assert.equal(run.code, 2);
    assert.match(run.stderr, /no stage to run/);
    const check = await preflight(project, 'check', '--staged');
    assert.equal(check.code, 2);
    assert.match(check.stderr, /git/);
    assert.equal((await preflight(project, 'hook', 'install')).code, 2);
    assert.equal((await preflight(project, 'models')).code, 2);
  });

  it('a repository without commits: the first commit can be judged', async () => {
    const project = await repository();
    await project.edit('metrics.json', () => '{"accuracy": 0.9}\n');
    await project.edit('data/train.csv', () => 'a,b\n1,x\n2,y\n');
    await project.run('git', 'add', '-A');
    const check = await preflight(project, 'check', '--staged');
    assert.equal(check.code, 0, check.stdout + check.stderr);
    assert.equal((await preflight(project, 'compare')).code, 0);
  });

  it('a state folder that cannot be used: the path of what is wrong, no stack trace', async () => {
    const project = await repository();
    await project.edit('in', () => '1');
    await project.edit(
      'preflight.yaml',
      () => 'version: 1\nstages:\n  one: {run: cp in out, dependencies: [in], outputs: [out]}\n',
    );
    const ledger = join(project.root, '.git', 'preflight', 'runs.jsonl');
    await mkdir(ledger, { recursive: true });
    const status = await preflight(project, 'status');
    assert.equal(status.code, 2, status.stdout);
    assert.match(status.stderr, /^ml-preflight: EISDIR.*runs\.jsonl'\n$/);
    const run = await preflight(project, 'run');
    assert.equal(run.code, 1);
    assert.match(run.stdout, /one: failed: EISDIR.*runs\.jsonl/);

    await rm(ledger, { recursive: true });
    await symlink('/dev/full', ledger);
    const full = await preflight(project, 'run');
    assert.equal(full.code, 1);
    assert.match(full.stdout, /one: failed: ENOSPC.*preflight/);

    await rm(join(project.root, '.git', 'preflight'), { recursive: true });
    await writeFile(join(project.root, '.git', 'preflight'), '');
    for (const words of [['status'], ['run']]) {
      const outcome = await preflight(project, ...words);
      assert.notEqual(outcome.code, 0, words.join(' '));
      assert.doesNotMatch(outcome.stdout + outcome.stderr, /^ +at /m);
      assert.match(outcome.stdout + outcome.stderr, /(?:ENOTDIR|EEXIST).*preflight/);
    }
  });

  it('a half-written dvc.yaml: file and line, and the gate cannot judge', async () => {
    const project = await copySample('tumours');
    opened.push(project);
    await project.edit('dvc.yaml', (text) => `${text}  deploy:\n    cmd: [python deploy.py\n`);
    const detected = await preflightJson<{ projects: Project[] }>(project, 'detect');
    const [problem] = detected.json.projects[0]?.problems ?? [];
    assert.equal(problem?.file, 'dvc.yaml');
    assert.ok((problem?.line ?? 0) > 30, `line ${problem?.line}`);
    await project.run('git', 'add', 'dvc.yaml');
    const check = await preflight(project, 'check', '--staged');
    assert.equal(check.code, 2, check.stdout);
    assert.match(check.stdout + check.stderr, /dvc\.yaml:\d+/);
  });

  it('a wrong preflight.yaml: line, column and the nearest key, exit 2', async () => {
    const project = await copySample('tumours');
    opened.push(project);
    await project.edit('preflight.yaml', (text) => text.replace('margin: 0.005', 'margn: 0.005'));
    for (const words of [['validate'], ['compare'], ['run', '--dry-run']]) {
      const outcome = await preflight(project, ...words);
      assert.equal(outcome.code, 2, words.join(' '));
      assert.match(outcome.stderr, /preflight\.yaml:\d+:\d+: .*"margn".*Did you mean "margin"\?/);
    }
    await project.run('git', 'add', '-A');
    const check = await preflight(project, 'check', '--staged');
    assert.equal(check.code, 2);
    assert.match(check.stdout + check.stderr, /preflight\.yaml:\d+/);
  });

  const broken: readonly (readonly [what: string, content: string | Buffer, expected: RegExp])[] = [
    ['empty', '', /empty/i],
    ['ragged', 'a,b\n1,2\n3,4,5\n6,7\n', /train\.csv:3/],
    [
      'of several encodings',
      Buffer.concat([Buffer.from('a,b\ncafé,1\n'), Buffer.from('caf\xe9,2\n', 'latin1')]),
      /train\.csv:3/,
    ],
  ];
  for (const [what, content, expected] of broken) {
    it(`a CSV that is ${what}: exit 2 and where it is`, async () => {
      const project = await repository();
      await project.edit('data/train.csv', () => 'a,b\n1,2\n');
      await project.commit('Good data');
      await writeFile(join(project.root, 'data/train.csv'), content);
      const validated = await preflight(project, 'validate');
      assert.equal(validated.code, 2, validated.stdout + validated.stderr);
      assert.match(validated.stdout + validated.stderr, expected);
      await project.run('git', 'add', '-A');
      const check = await preflight(project, 'check', '--staged');
      assert.notEqual(check.code, 0);
      assert.match(check.stdout + check.stderr, /train\.csv/);
    });
  }

  it('a CSV with only a header: no rows, said so', async () => {
    const project = await repository();
    await project.edit('data/train.csv', () => 'a,b\n');
    const validated = await preflight(project, 'validate');
    assert.match(validated.stdout + validated.stderr, /0 rows|no rows/);
  });

  it('metrics that are not JSON: file, line, exit 2', async () => {
    const project = await repository();
    await project.edit('metrics.json', () => '{"accuracy": 0.9}\n');
    await project.commit('Good metrics');
    await project.edit('metrics.json', () => '{\n  "accuracy": 0.9,\n  "f1": \n}\n');
    const compared = await preflight(project, 'compare');
    assert.equal(compared.code, 2, compared.stdout);
    assert.match(compared.stdout + compared.stderr, /metrics\.json:\d/);
    await project.run('git', 'add', '-A');
    assert.equal((await preflight(project, 'check', '--staged')).code, 2);
  });

  it('metrics with NaN: named with its line, the others are compared', async () => {
    const project = await repository();
    await project.edit('metrics.json', () => '{"accuracy": 0.9, "f1": 0.8}\n');
    await project.commit('Good metrics');
    await project.edit('metrics.json', () => '{\n  "accuracy": 0.91,\n  "f1": NaN\n}\n');
    const compared = await preflight(project, 'compare');
    assert.equal(compared.code, 2);
    const text = compared.stdout + compared.stderr;
    assert.match(text, /metrics\.json:3/);
    assert.match(text, /accuracy .*0\.91/);
  });

  it('a stage whose command does not exist: failed with its exit code, the rest skipped', async () => {
    const project = await empty();
    await project.edit(
      'preflight.yaml',
      () =>
        'stages:\n  one: { run: no-such-command-here, outputs: [a.txt] }\n  two: { run: "true", dependencies: [a.txt] }\n',
    );
    const { code, json } = await preflightJson<{ runs: StageRun[] }>(project, 'run');
    assert.equal(code, 1);
    assert.deepEqual(
      json.runs.map((run) => [run.stage, run.status]),
      [
        ['one', 'failed'],
        ['two', 'skipped'],
      ],
    );
    assert.equal(json.runs[0]?.exitCode, 127);
  });

  it('an unknown stage: the nearest name', async () => {
    const project = await copySample('tumours');
    opened.push(project);
    const run = await preflight(project, 'run', 'trian');
    assert.equal(run.code, 2);
    assert.match(run.stderr, /"train"/);
  });
});
