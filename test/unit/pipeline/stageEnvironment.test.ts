import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPythonEnvironment } from '../../../src/pipeline/environment/findPythonEnvironments';
import { stageEnvironment } from '../../../src/pipeline/environment/stageEnvironment';

describe('stageEnvironment', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'preflight-stage-env-')));
    await mkdir(join(folder, 'project'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (path: string, text = '') => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const makePython = async (bin: string) => {
    await write(join(bin, 'python3'), '#!/bin/sh\n');
    await chmod(join(folder, bin, 'python3'), 0o755);
  };
  const activate = async (variables: NodeJS.ProcessEnv) => {
    const env = { HOME: join(folder, 'home'), ...variables };
    const environment = await findPythonEnvironment(join(folder, 'project'), env);
    return stageEnvironment(environment, env);
  };

  it('leaves PATH as it is where it leads to the Python anyway', async () => {
    await makePython('usr/bin');
    const path = `${join(folder, 'mine')}:${join(folder, 'usr/bin')}`;
    assert.equal((await activate({ PATH: path }))['PATH'], path);
  });

  it('puts a Python that was named before the one of PATH', async () => {
    await makePython('usr/bin');
    await makePython('own/bin');
    const path = join(folder, 'usr/bin');
    const python = join(folder, 'own/bin/python3');
    const env = await activate({ PATH: path, ML_PREFLIGHT_PYTHON: python });
    assert.equal(env['PATH'], `${dirname(python)}:${path}`);
  });

  it('names an environment of conda as conda does, not as the base that is active', async () => {
    await makePython('conda/envs/vision/bin');
    await write('conda/envs/vision/conda-meta/history');
    const prefix = join(folder, 'conda/envs/vision');
    const env = await activate({
      ML_PREFLIGHT_PYTHON: join(prefix, 'bin/python3'),
      CONDA_PREFIX: join(folder, 'conda'),
      CONDA_DEFAULT_ENV: 'base',
    });
    assert.equal(env['CONDA_PREFIX'], prefix);
    assert.equal(env['CONDA_DEFAULT_ENV'], 'vision');
  });

  it('activates one environment alone', async () => {
    await makePython('project/.venv/bin');
    await write('project/.venv/pyvenv.cfg');
    const env = await activate({ VIRTUAL_ENV: join(folder, 'gone'), PYTHONHOME: '/opt/python' });
    assert.equal(env['VIRTUAL_ENV'], join(folder, 'project/.venv'));
    assert.equal(env['PYTHONHOME'], undefined);
  });
});
