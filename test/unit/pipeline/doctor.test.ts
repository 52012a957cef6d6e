import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { failed, ok } from '../../../src/base/result';
import { findRepository } from '../../../src/git/repository';
import { installHook } from '../../../src/git/hooks/hook';
import { reportToMarkdown } from '../../../src/pipeline/doctor/doctorMarkdown';
import type { DoctorReport } from '../../../src/pipeline/doctor/doctorReport';
import { examine, type ExamineOptions } from '../../../src/pipeline/doctor/examine';
import { withoutHome, withoutSecrets } from '../../../src/pipeline/doctor/withoutSecrets';
import { detectProjects } from '../../../src/project/detectProjects';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const ENGINE = ok({ version: '1.5.5', library: '/opt/libduckdb.so' });

describe('Doctor', () => {
  let folder = '';
  let project = '';
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'preflight-doctor-')));
    project = join(folder, 'project');
    await mkdir(project);
    execFileSync('git', ['init', '--quiet', project]);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (path: string, text: string, mode = 0o644) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    await chmod(join(folder, path), mode);
  };
  const makeEnvironment = async () => {
    await write('project/.venv/pyvenv.cfg', `home = ${folder}\nversion = 3.11.7\n`);
    await write('project/.venv/bin/python', '#!/bin/sh\nexit 1\n', 0o755);
  };
  const examineProject = async (more: Partial<ExamineOptions> = {}): Promise<DoctorReport> => {
    const detected = await detectProjects(project);
    assert.ok(detected.ok);
    return examine({
      folder: project,
      projects: detected.value,
      envOf: () => Promise.resolve({ HOME: join(folder, 'home'), PATH: join(folder, 'bin') }),
      engine: ENGINE,
      host: [],
      mayRunGit: true,
      now: NOW,
      ...more,
    });
  };
  const lineOf = (report: DoctorReport, id: string) => {
    const found = report.groups.flatMap(({ lines }) => lines).filter((line) => line.id === id);
    assert.equal(found.length, 1, `${id} is in the report ${found.length} times`);
    const [line] = found;
    assert.ok(line);
    return line;
  };
  const DVC = 'stages:\n  train:\n    cmd: python train.py\n    deps: [train.py]\n';

  it('misses the tool that runs a stage, and says how to get it', async () => {
    await write('project/dvc.yaml', DVC);
    await makeEnvironment();
    const report = await examineProject();
    const line = lineOf(report, 'tool.dvc');
    assert.deepEqual([line.state, line.value], ['problem', 'not found']);
    assert.match(line.fix ?? '', /pip install dvc/);
    assert.equal(report.canWork, false);
    assert.equal(report.headline, 'Something needed is missing: dvc: not found');
  });

  it('finds the tool in the environment, with the version that its installer recorded', async () => {
    await write('project/dvc.yaml', DVC);
    await makeEnvironment();
    const python = join(project, '.venv/bin/python');
    await write('project/.venv/bin/dvc', `#!${python}\n`, 0o755);
    await write('project/.venv/lib/python3.11/site-packages/dvc-3.67.1.dist-info/METADATA', '');
    await write('project/.venv/lib/python3.11/site-packages/dvc_data-9.9.9.dist-info/METADATA', '');
    const report = await examineProject();
    const line = lineOf(report, 'tool.dvc');
    assert.deepEqual(line.facts, { path: join(project, '.venv/bin/dvc'), version: '3.67.1' });
    assert.deepEqual([line.state, line.notes, report.canWork], ['ok', undefined, true]);
    assert.equal(lineOf(report, 'python.chosen').facts?.['version'], '3.11.7');
  });

  it('reads the version of a tool from the environment that it belongs to, and says that it is another', async () => {
    await write('project/dvc.yaml', DVC);
    await makeEnvironment();
    await write('pipx/pyvenv.cfg', '');
    await write('pipx/bin/python', '', 0o755);
    await write('pipx/lib/python3.12/site-packages/dvc-3.1.0.dist-info/METADATA', '');
    const script = `#!/bin/sh\n'''exec' "${join(folder, 'pipx/bin/python')}" "$0" "$@"\n' '''\n`;
    await write('bin/dvc', script, 0o755);
    const line = lineOf(await examineProject(), 'tool.dvc');
    assert.equal(line.facts?.['version'], '3.1.0');
    assert.match(line.notes?.join() ?? '', /not of the environment/);
  });

  it("does not take pyenv's stand-in for a tool that the chosen version does not have", async () => {
    await write('project/dvc.yaml', DVC);
    await write('home/.pyenv/versions/3.12.1/bin/python3', '', 0o755);
    await write('home/.pyenv/version', '3.12.1\n');
    for (const name of ['python3', 'dvc']) await write(`home/.pyenv/shims/${name}`, '', 0o755);
    const env = { HOME: join(folder, 'home'), PATH: join(folder, 'home/.pyenv/shims') };
    const report = await examineProject({ envOf: () => Promise.resolve(env) });
    assert.equal(lineOf(report, 'python.chosen').facts?.['version'], '3.12.1');
    assert.equal(lineOf(report, 'tool.dvc').value, 'not found');
  });

  it('sees that a program of a moved environment does not start', async () => {
    await write('project/dvc.yaml', DVC);
    await makeEnvironment();
    await write('project/.venv/bin/dvc', '#!/moved/away/bin/python\n', 0o755);
    const line = lineOf(await examineProject(), 'tool.dvc');
    assert.equal(line.state, 'problem');
    assert.match(line.value, /names \/moved\/away\/bin\/python, which is not there/);
  });

  it('sees that an environment was moved by any of its programs', async () => {
    await makeEnvironment();
    await write('project/.venv/bin/pip', `#!${join(project, '.venv/bin/python')}\n`, 0o755);
    assert.ok(!JSON.stringify(await examineProject()).includes('python.programs'));
    await write('project/.venv/bin/black', '#!/was/here/.venv/bin/python\n', 0o755);
    await write('project/.venv/bin/pytest', '#!/was/here/.venv/bin/python\n', 0o755);
    const line = lineOf(await examineProject(), 'python.programs');
    assert.equal(line.state, 'warning');
    assert.match(
      line.value,
      /^(?:black|pytest) and 1 other program of .*\.venv cannot start: \/was\/here/,
    );
  });

  it('says that an environment of another project is active', async () => {
    await makeEnvironment();
    await write('other/.venv/bin/python', '', 0o755);
    await write('other/.venv/pyvenv.cfg', '');
    const env = { HOME: join(folder, 'home'), VIRTUAL_ENV: join(folder, 'other/.venv') };
    const report = await examineProject({ envOf: () => Promise.resolve(env) });
    assert.match(lineOf(report, 'python.chosen').value, /other\/\.venv$/);
    assert.deepEqual(lineOf(report, 'python.chosen').notes?.slice(1), [
      'from VIRTUAL_ENV',
      'it is active, and so comes before .venv in the project; deactivate it to use that',
    ]);
  });

  it('lists the environment that was passed over, and those that were not chosen', async () => {
    await write('project/poetry.lock', '');
    await write('project/metrics.json', '{"auc": 0.9}');
    await write('project/pyproject.toml', '[project]\nname = "x"\n');
    await makeEnvironment();
    await write('project/venv/pyvenv.cfg', 'home = /gone\n');
    await write('project/Pipfile', '[pipenv]\nvenv_in_project = false\n');
    await write('project/poetry.toml', 'virtualenvs.in-project = false\n');
    await write('bin/python3', '', 0o755);
    const report = await examineProject();
    const python = report.groups.find(({ title }) => title === 'Python environment');
    assert.deepEqual(
      python?.lines.map(({ name, state }) => [name, state]),
      [
        ['Python', 'ok'],
        // Poetry's own, and pipenv's: they would come first.
        ['missing environment', 'warning'],
        ['missing environment', 'warning'],
        ['broken environment', 'information'],
        ['other environment', 'information'],
      ],
    );
    assert.deepEqual(report.state, 'warning');
    assert.equal(report.headline, 'Everything that is needed is here; 2 things deserve a look');
  });

  it('needs a Python only where something runs it', async () => {
    assert.equal(lineOf(await examineProject(), 'python.chosen').state, 'information');
    await write('project/train.py', 'import sklearn\nopen("model.pkl", "w")\n');
    assert.equal(lineOf(await examineProject(), 'python.chosen').state, 'problem');
  });

  it('needs the data engine where there is data', async () => {
    const engine = failed({ code: 'engine-missing', message: 'DuckDB cannot start.' });
    assert.equal(lineOf(await examineProject({ engine }), 'engine').state, 'warning');
    await write('project/data/train.csv', 'a,b\n1,2\n');
    assert.equal(lineOf(await examineProject({ engine }), 'engine').state, 'problem');
    assert.equal(lineOf(await examineProject(), 'engine').state, 'ok');
  });

  it('tries whether git runs the gate', async () => {
    assert.equal(lineOf(await examineProject(), 'git.hook').state, 'information');
    const repository = await findRepository(project);
    assert.ok(repository.ok);
    await write('cli.js', '');
    const program = { cli: join(folder, 'cli.js'), node: process.execPath };
    assert.ok((await installHook(repository.value, program)).ok);
    const installed = lineOf(await examineProject(), 'git.hook');
    assert.deepEqual([installed.state, installed.facts?.['fires']], ['ok', true]);
    const hook = join(project, '.git/hooks/pre-commit');
    await writeFile(hook, (await readFile(hook, 'utf8')).replace('\n', '\nexit 0\n'));
    assert.equal(lineOf(await examineProject(), 'git.hook').state, 'problem');
  });

  it('runs nothing of a folder that is not trusted', async () => {
    const report = await examineProject({ mayRunGit: false });
    const git = report.groups.find(({ title }) => title === 'Git');
    assert.deepEqual(
      git?.lines.map(({ id }) => id),
      ['git.repository'],
    );
  });

  it('tells the last command with its duration, exit code and log, without secrets', async () => {
    const run = { run: 'r1', stage: 'train' };
    const events = [
      {
        event: 'started',
        ...run,
        time: NOW - 3_600_000,
        pid: 1,
        processStart: 'x',
        command: 'python train.py --api-key s3cr3t',
        cwd: project,
        log: 'logs/r1-train.log',
        inputs: { command: 'python train.py', dependencies: {}, parameters: {} },
      },
      {
        event: 'finished',
        ...run,
        time: NOW - 3_597_500,
        status: 'failed',
        exitCode: 3,
        seconds: 2.5,
        outputs: {},
      },
    ];
    const lines = events.map((event) => JSON.stringify(event)).join('\n');
    await write('project/.git/preflight/runs.jsonl', `${lines}\n`);
    const report = await examineProject();
    const line = lineOf(report, 'state.lastRun');
    assert.equal(line.value, 'train: failed after 2.5 s, exit code 3, 1 hour ago');
    assert.equal(line.state, 'warning');
    assert.equal(line.file, join(project, '.git/preflight/logs/r1-train.log'));
    assert.equal(line.facts?.['started'], NOW - 3_600_000);
    assert.doesNotMatch(JSON.stringify(report), /s3cr3t/);
    const size = Buffer.byteLength(`${lines}\n`);
    assert.equal(lineOf(report, 'state.folder').facts?.['bytes'], size);
  });

  it('keeps the projects of a repository apart', async () => {
    await write('project/a/dvc.yaml', DVC);
    await write('project/a/.dvc/config', '');
    await write('project/b/dvc.yaml', DVC);
    await write('project/b/.dvc/config', '');
    const report = await examineProject();
    assert.equal(lineOf(report, 'a:tool.dvc').state, 'problem');
    assert.equal(lineOf(report, 'b:tool.dvc').state, 'problem');
    assert.match(report.headline, /\(and \d more\)$/);
  });

  it('is copied as Markdown in which a hostile name is only a name, and the home folder is ~', async () => {
    await write('project/dvc.yaml', 'stages:\n  "a|b<img src=x>":\n    cmd: 7\n  x: 7\n');
    const markdown = reportToMarkdown(await examineProject(), folder);
    assert.ok(markdown.includes(String.raw`\~/project`));
    assert.ok(!markdown.includes(folder));
    assert.doesNotMatch(markdown, /[^\\]<img/);
  });
});

describe('A text without secrets', () => {
  for (const [text, clean] of [
    ['git clone https://me:pa55@host/x.git', 'git clone https://…@host/x.git'],
    ['see https://token@host/x and https://host/a@b', 'see https://…@host/x and https://host/a@b'],
    ['python x.py --token abc --lr 0.1', 'python x.py --token … --lr 0.1'],
    ["x --api-key='a b' y", 'x --api-key=… y'],
    ['AWS_SECRET_ACCESS_KEY=abc python x.py', 'AWS_SECRET_ACCESS_KEY=… python x.py'],
    ['a && HF_TOKEN="x y" b', 'a && HF_TOKEN=… b'],
    ['python tokenize.py --tokenizer bert', 'python tokenize.py --tokenizer bert'],
    ['PGPASSWORD=a x --max-tokens 512', 'PGPASSWORD=… x --max-tokens 512'],
    ['python train.py --secret --lr 1', 'python train.py --secret --lr 1'],
    ['curl https://h/x?a=1&token=t0k -o f', 'curl https://h/x?a=1&token=… -o f'],
    ['curl https://h/x?api_key=t0k', 'curl https://h/x?api_key=…'],
    ["az 'https://h.blob.example/c?sv=1&sig=AbC%3D'", "az 'https://h.blob.example/c?sv=1&sig=…'"],
    ["curl -H 'Authorization: Bearer t0k' h", "curl -H 'Authorization: Bearer …' h"],
    ['curl -H "X-Api-Key: t0k" h', 'curl -H "X-Api-Key: …" h'],
    ['docker run -e "HF_TOKEN=t0k" x', 'docker run -e "HF_TOKEN=…" x'],
    ['curl -u me:pa55 h', 'curl -u me:… h'],
    ['MYSQL_PWD=pa55 x', 'MYSQL_PWD=… x'],
    [`wandb login ${'0a'.repeat(20)} && x`, 'wandb login … && x'],
    ['curl https://hooks.slack.com/services/T0/B0/x', 'curl https://hooks.slack.com/services/…'],
    [`x ghp_${'a1'.repeat(18)} y`, 'x … y'],
    [`x sk-${'aB1'.repeat(10)} y`, 'x … y'],
    [`git checkout ${'0a'.repeat(20)}`, `git checkout ${'0a'.repeat(20)}`],
    [
      'python hf_finetune_everything_twice.py sk-learn',
      'python hf_finetune_everything_twice.py sk-learn',
    ],
    ['cd signals && x --significance 0.05', 'cd signals && x --significance 0.05'],
  ] as const) {
    it(text, () => assert.equal(withoutSecrets(text), clean));
  }

  it('has the home folder as ~, but not another that begins alike', () => {
    assert.equal(withoutHome('/home/me/x /home/me /home/me2/x', '/home/me'), '~/x ~ /home/me2/x');
    assert.equal(withoutHome('/a/b', '/'), '/a/b');
  });
});
