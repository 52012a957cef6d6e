import assert from 'node:assert/strict';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DebugConfiguration } from '../../src/pipeline/debug/debugConfiguration';
import { describeDebug } from '../../src/pipeline/debug/describeDebug';
import { findPythonEnvironment } from '../../src/pipeline/environment/findPythonEnvironments';
import { detectProject } from '../../src/project/detectProject';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { ensurePipelineTools } from '../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { DebugClient } from './debugClient';

/** The configurations start the real debugger, which stops where it is told to. */
describe('debugging a stage', function () {
  this.timeout(120_000);
  let bin = '';
  let root = '';
  let client: DebugClient | undefined;
  before(async () => {
    bin = await ensurePipelineTools();
  });
  beforeEach(async () => {
    root = await realpath(makeTemporaryFolder('debug'));
  });
  afterEach(async () => {
    await client?.stop();
    await removeTemporaryFolder(root);
  });

  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  };
  const configure = async (command: string, cwd = '.'): Promise<DebugConfiguration> => {
    const wdir = cwd === '.' ? '' : `    wdir: ${cwd}\n`;
    await write('dvc.yaml', `stages:\n  train:\n${wdir}    cmd: ${JSON.stringify(command)}\n`);
    const files = await openWorktreeFiles(root, {});
    assert.ok(files.ok);
    const [stage] = (await detectProject(files.value, {})).stages;
    assert.ok(stage);
    const env = { ...process.env, ML_PREFLIGHT_PYTHON: join(bin, 'python') };
    const environment = await findPythonEnvironment(root, env);
    const described = await describeDebug(stage, { root, environment, env });
    assert.ok(described.ok, described.ok ? '' : described.problem.message);
    const [target] = described.value;
    assert.ok(target);
    return target.configuration;
  };
  /** What the editor does with its variables. */
  const resolveVariables = (configuration: DebugConfiguration) =>
    JSON.parse(
      JSON.stringify(configuration).replaceAll('${env:PATH}', process.env['PATH'] ?? ''),
    ) as DebugConfiguration & Readonly<Record<string, unknown>>;
  /** Runs until a breakpoint. @returns the value of an expression there, as Python writes it */
  const stopAt = async (
    configuration: DebugConfiguration,
    file: string,
    line: number,
    expression: string,
  ): Promise<string> => {
    const { python = '', ...launch } = resolveVariables(configuration);
    client = new DebugClient(join(bin, 'python'), process.env);
    await client.request('initialize', {
      clientID: 'vscode',
      adapterID: 'debugpy',
      linesStartAt1: true,
      columnsStartAt1: true,
      pathFormat: 'path',
      supportsRunInTerminalRequest: true,
    });
    // The editor's extension gives the interpreter to the adapter as a list.
    const launching = client.send('launch', { ...launch, python: [python] });
    await client.event('initialized');
    const set = await client.request('setBreakpoints', {
      source: { path: join(root, file) },
      breakpoints: [{ line }],
    });
    assert.equal((set['breakpoints'] as readonly unknown[]).length, 1);
    await client.request('configurationDone');
    await client.answer(launching);
    const stopped = await client.event('stopped');
    assert.equal(stopped['reason'], 'breakpoint');
    const stack = await client.request('stackTrace', { threadId: stopped['threadId'] });
    const [frame] = stack['stackFrames'] as readonly { id: number; line: number }[];
    assert.equal(frame?.line, line);
    const { result } = await client.request('evaluate', {
      expression,
      frameId: frame?.id,
      context: 'repl',
    });
    client.send('continue', { threadId: stopped['threadId'] });
    await client.event('terminated');
    return String(result);
  };
  const SCRIPT = 'import json, os, sys\nresult = 1\nresult = 2\n';
  const SEEN =
    'json.dumps([sys.argv[1:], os.getcwd(), os.environ.get("MODE"), sys.executable, os.environ["PATH"].split(":")[0]])';
  const read = (text: string) => JSON.parse(text.replace(/^'|'$/g, '')) as readonly unknown[];

  it('of a script: arguments, folder, variables and interpreter are those of the run', async () => {
    await write('sub/train.py', SCRIPT);
    const configuration = await configure('MODE=fast python train.py a "b c" --lr=0.1', 'sub');
    assert.deepEqual(read(await stopAt(configuration, 'sub/train.py', 3, SEEN)), [
      ['a', 'b c', '--lr=0.1'],
      join(root, 'sub'),
      'fast',
      join(bin, 'python'),
      bin,
    ]);
  });

  it('of a module, with options of the interpreter', async () => {
    await write('pkg/__init__.py', '');
    await write('pkg/train.py', SCRIPT);
    const configuration = await configure('python -X utf8 -m pkg.train x');
    const seen = 'json.dumps([sys.argv[1:], sys.flags.utf8_mode, __package__])';
    assert.deepEqual(read(await stopAt(configuration, 'pkg/train.py', 2, seen)), [['x'], 1, 'pkg']);
  });

  it('of code: the module that it imports', async () => {
    await write('train.py', SCRIPT);
    const configuration = await configure('python -c "import train; print(train.result)" y');
    const seen = 'json.dumps([sys.argv[1:], os.getcwd()])';
    assert.deepEqual(read(await stopAt(configuration, 'train.py', 3, seen)), [['y'], root]);
  });

  it('of a Kedro run: a node of the pipeline', async () => {
    await write(
      'pyproject.toml',
      '[tool.kedro]\npackage_name = "spam"\nproject_name = "spam"\nkedro_init_version = "1.7.0"\nsource_dir = "src"\n',
    );
    await write('conf/base/catalog.yml', '');
    await write('conf/local/.keep', '');
    await write('src/spam/__init__.py', '');
    await write('src/spam/settings.py', '');
    await write(
      'src/spam/pipeline_registry.py',
      [
        'import json, sys',
        'from kedro.pipeline import node, pipeline',
        'def train():',
        '    result = 1',
        '    return result',
        'def register_pipelines():',
        '    return {"__default__": pipeline([node(train, None, "out", name="train")])}',
        '',
      ].join('\n'),
    );
    const configuration = await configure('kedro run --nodes=train');
    const seen = 'json.dumps([result, sys.argv[1:]])';
    const file = 'src/spam/pipeline_registry.py';
    assert.deepEqual(read(await stopAt(configuration, file, 5, seen)), [
      1,
      ['run', '--nodes=train'],
    ]);
  });
});
