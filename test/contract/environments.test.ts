import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, realpath, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPythonEnvironments } from '../../src/pipeline/environment/findPythonEnvironments';
import { readPackageVersion } from '../../src/pipeline/doctor/installedPackage';
import { readPythonVersion } from '../../src/pipeline/environment/pythonVersion';
import { readOutput, run, succeeds } from '../harness/childProcess';
import { ensurePipelineTools } from '../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { ensureTool } from '../harness/toolCache';

/** The tools whose environments are looked for; they bring virtualenv. */
const MANAGERS = ['hatch==1.18.2', 'pipenv==2026.10.3', 'poetry==2.5.1', 'uv==0.13.9'] as const;

/** The `bin` folder of an environment with the tools: ML_PREFLIGHT_TEST_MANAGERS, else one in the user's cache. */
async function ensureManagers(): Promise<string> {
  const named = process.env['ML_PREFLIGHT_TEST_MANAGERS'];
  if (named !== undefined) return named;
  const hash = createHash('sha256').update(MANAGERS.join('\n')).digest('hex').slice(0, 12);
  const folder = await ensureTool({
    name: `managers-${hash}`,
    install: async (place) => {
      await run('python3', ['-m', 'venv', place]);
      const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '--no-input'];
      await run(join(place, 'bin', 'python'), [...pip, ...MANAGERS]);
    },
    isWhole: (place) => succeeds(join(place, 'bin', 'poetry'), ['--version']),
  });
  return join(folder, 'bin');
}

/** Each tool makes an environment, and says itself where that is. */
describe("finding the tools' environments", function () {
  this.timeout(300_000);
  let bin = '';
  let folder = '';
  let project = '';
  let env: NodeJS.ProcessEnv = {};
  before(async () => {
    bin = await ensureManagers();
  });
  beforeEach(async () => {
    folder = await realpath(makeTemporaryFolder('environments'));
    // A name that each of the tools writes in another way.
    project = join(folder, 'My pro.ject_(1)');
    await mkdir(project);
    await mkdir(join(folder, 'home'));
    env = { PATH: `${bin}:/usr/bin:/bin`, HOME: join(folder, 'home'), NO_COLOR: '1' };
  });
  afterEach(() => removeTemporaryFolder(folder));

  const call = async (program: string, ...args: readonly string[]) =>
    (await readOutput(join(bin, program), args, { cwd: project, env })).trim();
  const write = (name: string, text: string) => writeFile(join(project, name), text);
  const found = async (owner: string, more: NodeJS.ProcessEnv = {}) => {
    const candidates = await findPythonEnvironments(project, { ...env, ...more });
    return candidates.filter((candidate) => candidate.owner === owner);
  };
  /** That the first one found is this one, chosen, with the Python that it has. */
  const assertFound = async (owner: string, prefix: string, more: NodeJS.ProcessEnv = {}) => {
    const [candidate] = await found(owner, more);
    assert.ok(candidate?.usable === true, JSON.stringify(candidate));
    assert.equal(candidate.environment.prefix, prefix);
    const script =
      'import sys; print(sys.prefix, ".".join(map(str, sys.version_info[:3])), sep="|")';
    const said = await readOutput(candidate.environment.python, ['-c', script]);
    assert.equal(said.trim(), `${prefix}|${await readPythonVersion(candidate.environment)}`);
  };
  /** Where a tool would make one that there is not yet. */
  const missingPath = async (owner: string) => {
    const [candidate] = await found(owner);
    assert.ok(candidate?.usable === false);
    return candidate.problem;
  };
  const POETRY = '[project]\nname = "My_Project..x"\nversion = "1"\nrequires-python = ">=3.8"\n';

  it('of poetry, in its cache', async () => {
    await write('pyproject.toml', `${POETRY}[tool.poetry]\npackage-mode = false\n`);
    assert.equal((await missingPath('poetry')).fix, 'Make it: poetry install');
    await call('poetry', 'env', 'use', join(bin, 'python'));
    await assertFound('poetry', await call('poetry', 'env', 'info', '--path'));
  });

  it('of poetry, the version that was chosen of several', async function () {
    const other = '/usr/bin/python3';
    if (!existsSync(other)) return this.skip();
    await write('pyproject.toml', `${POETRY}[tool.poetry]\npackage-mode = false\n`);
    for (const python of [join(bin, 'python'), other, join(bin, 'python')]) {
      await call('poetry', 'env', 'use', python);
      await assertFound('poetry', await call('poetry', 'env', 'info', '--path'));
    }
  });

  it('of poetry, where its settings put it', async () => {
    await write('pyproject.toml', `${POETRY}[tool.poetry]\npackage-mode = false\n`);
    await call('poetry', 'config', 'virtualenvs.path', '{cache-dir}/elsewhere');
    await call('poetry', 'config', 'cache-dir', join(folder, 'cache'));
    await call('poetry', 'env', 'use', join(bin, 'python'));
    const configured = await call('poetry', 'env', 'info', '--path');
    assert.ok(configured.startsWith(join(folder, 'cache', 'elsewhere')), configured);
    await assertFound('poetry', configured);
    // The one that is there is kept, until it is removed.
    await call('poetry', 'config', '--local', 'virtualenvs.in-project', 'true');
    await assertFound('poetry', await call('poetry', 'env', 'info', '--path'));
    await removeTemporaryFolder(configured);
    await call('poetry', 'env', 'use', join(bin, 'python'));
    const own = await call('poetry', 'env', 'info', '--path');
    assert.equal(own, join(project, '.venv'));
    await assertFound('poetry', own);
    env['POETRY_VIRTUALENVS_IN_PROJECT'] = 'false';
    assert.ok((await missingPath('poetry')).message.includes(join(folder, 'cache', 'elsewhere')));
    await call('poetry', 'env', 'use', join(bin, 'python'));
    await assertFound('poetry', await call('poetry', 'env', 'info', '--path'));
  });

  it('of pipenv, in its folder, beside a .venv that is not its own, and under another name', async () => {
    await write('Pipfile', '[packages]\n');
    assert.equal((await missingPath('pipenv')).fix, 'Make it: pipenv install');
    await call('pipenv', '--python', join(bin, 'python'));
    await assertFound('pipenv', await call('pipenv', '--venv'));
    await run(join(bin, 'python'), ['-m', 'venv', '--without-pip', join(project, '.venv')]);
    await assertFound('pipenv', await call('pipenv', '--venv'));
    env['PIPENV_CUSTOM_VENV_NAME'] = 'another';
    await call('pipenv', '--python', join(bin, 'python'));
    await assertFound('pipenv', await call('pipenv', '--venv'));
  });

  it('of pipenv, in the project', async () => {
    await write('Pipfile', '[packages]\n[pipenv]\nvenv_in_project = true\n');
    await call('pipenv', '--python', join(bin, 'python'));
    const own = await call('pipenv', '--venv');
    assert.equal(own, join(project, '.venv'));
    await assertFound('pipenv', own);
  });

  it('of hatch, stored and where a path is set', async () => {
    const text = `${POETRY}[tool.hatch.envs.default]\nskip-install = true\n`;
    await write('pyproject.toml', text);
    const promised = await call('hatch', 'env', 'find');
    assert.ok((await missingPath('hatch')).message.includes(promised));
    await call('hatch', 'env', 'create');
    await assertFound('hatch', promised);
    await write('pyproject.toml', `${text}path = "made/here"\n`);
    await call('hatch', 'env', 'create');
    await assertFound('hatch', await call('hatch', 'env', 'find'));
    await appendFile(
      join(project, 'pyproject.toml'),
      '[tool.hatch.envs.gpu]\nskip-install = true\n',
    );
    env['HATCH_ENV'] = 'gpu';
    await call('hatch', 'env', 'create', 'gpu');
    await assertFound('hatch', await call('hatch', 'env', 'find', 'gpu'));
  });

  it('of hatch, in a folder of the project', async () => {
    await mkdir(join(folder, 'home', '.config', 'hatch'), { recursive: true });
    const config = join(folder, 'home', '.config', 'hatch', 'config.toml');
    await writeFile(config, '[dirs.env]\nvirtual = ".hatch"\n');
    await write('pyproject.toml', `${POETRY}[tool.hatch.envs.default]\nskip-install = true\n`);
    await call('hatch', 'env', 'create');
    await assertFound('hatch', await call('hatch', 'env', 'find'));
  });

  it('of uv, in .venv and where UV_PROJECT_ENVIRONMENT says', async () => {
    await write(
      'pyproject.toml',
      '[project]\nname = "u"\nversion = "1"\nrequires-python = ">=3.8"\n',
    );
    const sync = () => call('uv', 'sync', '--offline', '--python', join(bin, 'python'));
    await sync();
    await assertFound('uv', join(project, '.venv'));
    env['UV_PROJECT_ENVIRONMENT'] = 'other/place';
    await sync();
    assert.ok(existsSync(join(project, 'other', 'place', 'pyvenv.cfg')));
    await assertFound('uv', join(project, 'other', 'place'));
  });

  it('of virtualenv', async () => {
    await run(join(bin, 'virtualenv'), ['--quiet', '--no-seed', join(project, 'venv')], { env });
    await assertFound('folder', join(project, 'venv'));
  });

  it('of pyenv: the version that it would start itself', async function () {
    if (!(await succeeds('pyenv', ['--version']))) return this.skip();
    const root = join(folder, 'home', '.pyenv');
    for (const version of ['3.9.18', '3.11.7', '3.11.10', '3.12.0rc1', 'my-env']) {
      const python = join(root, 'versions', version, 'bin', 'python3');
      await mkdir(join(python, '..'), { recursive: true });
      await writeFile(python, '#!/bin/sh\n', { mode: 0o755 });
    }
    await mkdir(join(root, 'shims'));
    const real = { ...process.env, HOME: env['HOME'], PYENV_ROOT: root, PYENV_DIR: project };
    delete (real as NodeJS.ProcessEnv)['PYENV_VERSION'];
    const shims = { PATH: `${join(root, 'shims')}:/usr/bin:/bin`, PYENV_ROOT: root };
    await writeFile(join(root, 'shims', 'python3'), '#!/bin/sh\n', { mode: 0o755 });
    for (const [name, text] of [
      ['.python-version', '3.11.7\n'],
      ['.python-version', '# ours\n\n  3.11 \n3.9.18\n'],
      ['.python-version', 'python-3.9\n'],
      ['.python-version', 'my-env'],
    ] as const) {
      await write(name, text);
      const version = await readOutput('pyenv', ['version-name'], { cwd: project, env: real });
      const candidates = await found('pyenv', shims);
      assert.deepEqual(
        candidates.map((candidate) => candidate.usable && candidate.environment.prefix),
        version
          .trim()
          .split(':')
          .map((one) => join(root, 'versions', one)),
        text,
      );
    }
    await write('.python-version', '3.12\n');
    assert.equal((await missingPath('pyenv')).fix, 'Make it: pyenv install 3.12');
  });
});

describe('reading versions of packages', function () {
  this.timeout(300_000);

  it('gives what Python itself says, of every package of an environment', async () => {
    const python = join(await ensurePipelineTools(), 'python');
    const script =
      'import importlib.metadata as m, json; print(json.dumps({d.name: d.version for d in m.distributions()}))';
    const versions = JSON.parse(await readOutput(python, ['-c', script])) as Readonly<
      Record<string, string>
    >;
    assert.ok(Object.keys(versions).length > 100);
    const read: Record<string, string | undefined> = {};
    for (const name of Object.keys(versions)) read[name] = await readPackageVersion(python, [name]);
    assert.deepEqual(read, versions);
  });
});
