import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findStateFolder } from '../../../src/git/stateFolder';
import {
  readEditorSelection,
  writeEditorSelection,
} from '../../../src/pipeline/environment/editorSelection';
import {
  findPythonEnvironment,
  findPythonEnvironments,
} from '../../../src/pipeline/environment/findPythonEnvironments';
import { readPythonVersion } from '../../../src/pipeline/environment/pythonVersion';

describe('findPythonEnvironment', () => {
  let folder = '';
  let project = '';
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'preflight-python-')));
    project = join(folder, 'repo', 'project');
    await mkdir(project, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    return join(folder, path);
  };
  const makeProgram = async (path: string) => {
    await chmod(await write(path, '#!/bin/sh\necho must not be run >&2; exit 1\n'), 0o755);
    return join(folder, path);
  };
  const makeVenv = async (path: string) => {
    await makeProgram(join(path, 'bin', 'python'));
    await write(join(path, 'pyvenv.cfg'), `home = ${folder}\nversion = 3.11.7\n`);
    return join(folder, path);
  };
  const makeConda = async (path: string) => {
    await makeProgram(join(path, 'bin', 'python'));
    await write(join(path, 'conda-meta', 'python-3.12.4-hab00c5b_0_cpython.json'), '{}');
    return join(folder, path);
  };
  const environment = (env: NodeJS.ProcessEnv) => ({ HOME: join(folder, 'home'), ...env });
  const find = async (env: NodeJS.ProcessEnv = {}) => {
    const found = await findPythonEnvironment(project, environment(env));
    return found && [found.bin.slice(folder.length + 1), found.kind, found.evidence];
  };
  const problems = async (env: NodeJS.ProcessEnv = {}) =>
    (await findPythonEnvironments(project, environment(env))).flatMap((candidate) =>
      candidate.usable ? [] : [candidate.problem],
    );

  it('finds nothing where there is nothing', async () => {
    assert.equal(await find({ PATH: join(folder, 'empty') }), undefined);
    assert.equal(await find(), undefined);
    assert.deepEqual(await findPythonEnvironments(project, environment({})), []);
  });

  it('takes what is said, what is activated, what is selected in the editor, the project, pyenv, PATH', async () => {
    const system = await makeProgram('usr/python3');
    const env: NodeJS.ProcessEnv = { PATH: dirname(system) };
    assert.deepEqual(await find(env), ['usr', 'system', 'PATH']);

    env['CONDA_PREFIX'] = await makeConda('conda');
    assert.deepEqual(await find(env), ['conda/bin', 'conda', 'CONDA_PREFIX']);

    await makeProgram('home/.pyenv/versions/3.12.1/bin/python');
    await write('repo/.python-version', '3.12.1\n');
    assert.deepEqual(await find(env), [
      'home/.pyenv/versions/3.12.1/bin',
      'system',
      `.python-version in ${join(folder, 'repo')}`,
    ]);

    await makeVenv('repo/project/.venv');
    assert.deepEqual(await find(env), ['repo/project/.venv/bin', 'venv', '.venv in the project']);

    await mkdir(join(project, '.git'));
    await write('repo/project/.git/HEAD', 'ref: refs/heads/main\n');
    const state = await findStateFolder(project);
    const python = join(await makeVenv('in-editor'), 'bin', 'python');
    await writeEditorSelection(state, { python, by: 'the Python extension' });
    assert.deepEqual(await find(env), [
      'in-editor/bin',
      'venv',
      'selected in the editor (the Python extension)',
    ]);

    env['CONDA_DEFAULT_ENV'] = 'base';
    assert.equal((await find(env))?.[0], 'in-editor/bin');
    env['CONDA_DEFAULT_ENV'] = 'admissions';
    assert.deepEqual(await find(env), ['conda/bin', 'conda', 'CONDA_PREFIX']);

    env['VIRTUAL_ENV'] = await makeVenv('active');
    assert.deepEqual(await find(env), ['active/bin', 'venv', 'VIRTUAL_ENV']);

    // The hook of a commit in the Source Control panel.
    const hook = await find({ ...env, VSCODE_GIT_COMMAND: 'commit' });
    assert.equal(hook?.[0], 'in-editor/bin');

    env['ML_PREFLIGHT_PYTHON'] = join(await makeVenv('selected'), 'bin', 'python');
    assert.deepEqual(await find(env), ['selected/bin', 'venv', 'ML_PREFLIGHT_PYTHON']);
    env['ML_PREFLIGHT_PYTHON'] = join(folder, 'selected');
    assert.deepEqual(await find(env), ['selected/bin', 'venv', 'ML_PREFLIGHT_PYTHON']);
  });

  it('goes on where one that is named does not exist, and says so', async () => {
    await makeVenv('repo/project/venv');
    const env = { ML_PREFLIGHT_PYTHON: '/nowhere/python', VIRTUAL_ENV: '/nowhere' };
    assert.deepEqual(await find(env), ['repo/project/venv/bin', 'venv', 'venv in the project']);
    assert.deepEqual(
      (await problems(env)).map(({ code, message }) => `${code}: ${message}`),
      [
        'environment-missing: ML_PREFLIGHT_PYTHON: there is no Python environment /nowhere/python.',
        'environment-missing: VIRTUAL_ENV: there is no Python environment /nowhere.',
      ],
    );
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
    await makeProgram('repo/project/env/bin/python');
    assert.equal(await find(), undefined);
    assert.deepEqual(await problems(), []);
  });

  it('passes over an environment whose interpreter is gone, and says how to make it again', async () => {
    await write('repo/project/.venv/pyvenv.cfg', 'home = /gone/bin\n');
    await mkdir(join(project, '.venv/bin'));
    await symlink('/gone/bin/python3.9', join(project, '.venv/bin/python'));
    await makeVenv('repo/project/venv');
    assert.equal((await find())?.[0], 'repo/project/venv/bin');
    const [problem] = await problems();
    assert.equal(problem?.code, 'environment-broken');
    assert.match(problem?.message ?? '', /its interpreter was \/gone\/bin\/python3\.9/);
    assert.match(problem?.fix ?? '', /python3 -m venv --clear/);
  });

  it('names the interpreter that is gone at the end of a chain of links', async () => {
    // As `python3 -m venv` makes them.
    await write('repo/project/.venv/pyvenv.cfg', 'home = /gone/bin\n');
    await mkdir(join(project, '.venv/bin'));
    await symlink('/gone/bin/python3.9', join(project, '.venv/bin/python3'));
    await symlink('python3', join(project, '.venv/bin/python'));
    const [problem] = await problems();
    assert.match(problem?.message ?? '', /its interpreter was \/gone\/bin\/python3\.9, which/);
  });

  it('passes over an environment made with a Python that is gone, though its own copy is there', async () => {
    await makeProgram('repo/project/.venv/bin/python');
    await write('repo/project/.venv/pyvenv.cfg', 'home = /gone/bin\n');
    assert.equal(await find(), undefined);
    assert.match((await problems())[0]?.message ?? '', /made with the Python in \/gone\/bin/);
  });

  it('finds what uv would use', async () => {
    await write('repo/project/uv.lock', 'version = 1\n');
    assert.deepEqual(
      (await problems()).map(({ fix }) => fix),
      ['Make it: uv sync'],
    );
    await makeVenv('repo/project/.venv');
    assert.deepEqual(await find(), ['repo/project/.venv/bin', 'venv', 'uv.lock in the project']);
    await makeVenv('elsewhere');
    const env = { UV_PROJECT_ENVIRONMENT: join('..', '..', 'elsewhere') };
    assert.equal((await find(env))?.[0], 'elsewhere/bin');
  });

  it("finds pixi's default environment, in either of its files", async () => {
    await makeConda('repo/project/.pixi/envs/default');
    await makeVenv('repo/project/.venv');
    await write('repo/project/pyproject.toml', '[tool.pixi.workspace]\nname = "x"\n');
    assert.deepEqual(await find(), [
      'repo/project/.pixi/envs/default/bin',
      'conda',
      '[tool.pixi] of pyproject.toml in the project',
    ]);
    await write('repo/project/pixi.toml', '[workspace]\n');
    assert.equal((await find())?.[2], 'pixi.toml in the project');
  });

  it("finds the environment that conda's environment.yml names", async () => {
    await write('repo/project/environment.yml', 'name: admissions\ndependencies: [python=3.12]\n');
    assert.deepEqual(
      (await problems()).map(({ fix }) => fix),
      ['Make it: conda env create -f environment.yml'],
    );
    await makeConda('home/miniforge3/envs/admissions');
    assert.deepEqual(await find(), [
      'home/miniforge3/envs/admissions/bin',
      'conda',
      'environment.yml in the project',
    ]);
    const found = await findPythonEnvironment(project, environment({}));
    assert.equal(found && (await readPythonVersion(found)), '3.12.4');
    await rm(join(folder, 'home/miniforge3'), { recursive: true });
    const listed = await makeConda('other/envs/admissions');
    await write('home/.conda/environments.txt', `${folder}/other\n${listed}\n`);
    assert.equal((await find())?.[0], 'other/envs/admissions/bin');
    await makeConda('roots/envs/admissions');
    assert.equal(
      (await find({ MAMBA_ROOT_PREFIX: join(folder, 'roots') }))?.[0],
      'roots/envs/admissions/bin',
    );
  });

  it('takes no way out of the folders of conda and pyenv from a file of the repository', async () => {
    await makeConda('home/outside');
    await makeProgram('home/outside2/bin/python');
    await mkdir(join(folder, 'home/.pyenv/versions'), { recursive: true });
    await mkdir(join(folder, 'home/miniconda3/envs'), { recursive: true });
    await write('repo/project/environment.yml', 'name: ../../outside\n');
    await write('repo/project/.python-version', '../../outside2\n..\n');
    assert.equal(await find(), undefined);
    await write('repo/project/environment.yml', 'a: &a [x]\nname: *a\n? {');
    assert.equal(await find(), undefined);
  });

  it('finds an environment of virtualenvwrapper by the folder that it names', async () => {
    await makeVenv('home/.virtualenvs/whatever');
    await write('home/.virtualenvs/whatever/.project', `${project}\n`);
    await makeVenv('home/.virtualenvs/other');
    await write('home/.virtualenvs/other/.project', '/somewhere/else');
    assert.equal((await find())?.[0], 'home/.virtualenvs/whatever/bin');
  });

  it('names each environment once, with everything that leads to it', async () => {
    const venv = await makeVenv('repo/project/.venv');
    await write('repo/project/uv.lock', '');
    const found = await findPythonEnvironments(project, environment({ VIRTUAL_ENV: venv }));
    assert.deepEqual(
      found.map(({ owner, evidence }) => ({ owner, evidence })),
      [
        {
          owner: 'activated',
          evidence: ['VIRTUAL_ENV', 'uv.lock in the project', '.venv in the project'],
        },
      ],
    );
  });

  it('finds what Python itself makes, and its version', async () => {
    const venv = join(project, '.venv');
    execFileSync('python3', ['-m', 'venv', '--without-pip', venv]);
    const found = await findPythonEnvironment(project, environment({}));
    assert.ok(found);
    const script = 'import sys; print(sys.prefix, ".".join(map(str, sys.version_info[:3])))';
    const [prefix, version] = execFileSync(found.python, ['-c', script])
      .toString()
      .trim()
      .split(' ');
    assert.equal(found.prefix, prefix);
    assert.equal(await readPythonVersion(found), version);
  });
});

describe('The selection of the editor', () => {
  it('is kept, forgotten, and not believed where the file is damaged', async () => {
    const state = await mkdtemp(join(tmpdir(), 'preflight-selection-'));
    try {
      assert.equal(await readEditorSelection(state), undefined);
      const selection = { python: '/opt/venv/bin/python', by: 'the setting mlPreflight.python' };
      await writeEditorSelection(state, selection);
      assert.deepEqual(await readEditorSelection(state), selection);
      for (const damaged of ['{"python": 7, "by": "x"}', '{"pyth', '[]', 'null']) {
        await writeFile(join(state, 'python.json'), damaged);
        assert.equal(await readEditorSelection(state), undefined);
      }
      await writeEditorSelection(state, selection);
      await writeEditorSelection(state, undefined);
      assert.equal(await readEditorSelection(state), undefined);
    } finally {
      await rm(state, { recursive: true });
    }
  });
});
