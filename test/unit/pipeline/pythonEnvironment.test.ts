import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPythonEnvironment } from '../../../src/pipeline/environment/pythonEnvironment';

describe('findPythonEnvironment', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'preflight-python-'));
    await mkdir(join(folder, 'repo', 'project'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const makeProgram = async (path: string) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '#!/bin/sh\necho must not be run >&2; exit 1\n');
    await chmod(path, 0o755);
    return path;
  };
  const makeVenv = async (path: string) => {
    await makeProgram(join(folder, path, 'bin', 'python'));
    await writeFile(join(folder, path, 'pyvenv.cfg'), 'home = /usr/bin\n');
    return join(folder, path);
  };
  const find = async (env: NodeJS.ProcessEnv = {}) => {
    const found = await findPythonEnvironment(join(folder, 'repo', 'project'), env);
    return found && [found.bin.slice(folder.length + 1), found.kind, found.evidence];
  };

  it('finds nothing where there is nothing', async () => {
    assert.equal(await find({ PATH: join(folder, 'empty') }), undefined);
    assert.equal(await find(), undefined);
  });

  it("takes the selected one before the active one, that of the project, conda's and that of PATH", async () => {
    const system = await makeProgram(join(folder, 'usr', 'python3'));
    const env: NodeJS.ProcessEnv = { PATH: dirname(system) };
    assert.deepEqual(await find(env), ['usr', 'system', 'PATH']);

    await makeProgram(join(folder, 'conda', 'bin', 'python'));
    await mkdir(join(folder, 'conda', 'conda-meta'));
    env['CONDA_PREFIX'] = join(folder, 'conda');
    assert.deepEqual(await find(env), ['conda/bin', 'conda', 'CONDA_PREFIX']);

    await makeVenv('repo/project/.venv');
    assert.deepEqual(await find(env), ['repo/project/.venv/bin', 'venv', '.venv in the project']);

    env['VIRTUAL_ENV'] = await makeVenv('active');
    assert.deepEqual(await find(env), ['active/bin', 'venv', 'VIRTUAL_ENV']);

    env['ML_PREFLIGHT_PYTHON'] = join(await makeVenv('selected'), 'bin', 'python');
    assert.deepEqual(await find(env), ['selected/bin', 'venv', 'ML_PREFLIGHT_PYTHON']);
  });

  it('goes on where one that is named does not exist', async () => {
    await makeVenv('repo/project/venv');
    const env = { ML_PREFLIGHT_PYTHON: '/nowhere/python', VIRTUAL_ENV: '/nowhere' };
    assert.deepEqual(await find(env), ['repo/project/venv/bin', 'venv', 'venv in the project']);
  });

  it('looks above the project up to the root of the repository, and no further', async () => {
    await makeVenv('.venv');
    await makeVenv('repo/env');
    assert.equal(await find(), undefined);
    await mkdir(join(folder, 'repo', '.git'));
    assert.deepEqual(await find(), ['repo/env/bin', 'venv', `env in ${join(folder, 'repo')}`]);
    await rm(join(folder, 'repo', 'env'), { recursive: true });
    assert.equal(await find(), undefined);
  });

  it('is not misled by a folder that is merely called env', async () => {
    await makeProgram(join(folder, 'repo/project/env/bin/python'));
    assert.equal(await find(), undefined);
  });

  it('finds what Python itself makes', async () => {
    const venv = join(folder, 'repo', 'project', '.venv');
    execFileSync('python3', ['-m', 'venv', '--without-pip', venv]);
    const found = await findPythonEnvironment(join(folder, 'repo', 'project'), {});
    assert.ok(found);
    const prefix = execFileSync(found.python, ['-c', 'import sys; print(sys.prefix)'])
      .toString()
      .trim();
    assert.equal(found.prefix, prefix);
  });
});
