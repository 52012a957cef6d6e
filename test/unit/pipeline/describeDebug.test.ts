import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DebugConfiguration } from '../../../src/pipeline/debug/debugConfiguration';
import { describeDebug } from '../../../src/pipeline/debug/describeDebug';
import { portableConfiguration } from '../../../src/pipeline/debug/portableConfiguration';
import type { PythonEnvironment } from '../../../src/pipeline/environment/pythonEnvironment';
import type { Stage } from '../../../src/project/project';

describe('describeDebug', () => {
  let root = '';
  let environment: PythonEnvironment;
  before(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'preflight-debug-')));
    for (const file of ['train.py', 'src/prepare.py', 'a b.py', '$(touch x).py']) {
      await write(file, '');
    }
    await write('.venv/bin/python', '', 0o755);
    await write('.venv/bin/python3.9', '', 0o755);
    await write('.venv/bin/train-it', '#!/venv/bin/python\n', 0o755);
    await write('.venv/bin/convert.py', '#!/venv/bin/python\n', 0o755);
    await write('.venv/bin/rusty', '\u007fELF', 0o755);
    const prefix = join(root, '.venv');
    const bin = join(prefix, 'bin');
    environment = { python: join(bin, 'python'), bin, prefix, kind: 'venv', evidence: '' };
  });
  after(() => rm(root, { recursive: true }));

  const write = async (file: string, text: string, mode = 0o644) => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
    await chmod(join(root, file), mode);
  };
  const stageOf = (command: string, more: Partial<Stage> = {}): Stage => ({
    id: 'train',
    name: 'train',
    tool: 'dvc',
    kind: 'train',
    command,
    cwd: '.',
    dependencies: [],
    outputs: [],
    parameters: [],
    metrics: [],
    source: { file: 'dvc.yaml', line: 3 },
    evidence: [],
    ciJobs: [],
    ...more,
  });
  const describe1 = async (command: string, more: Partial<Stage> = {}) =>
    describeDebug(stageOf(command, more), {
      root,
      environment,
      env: { PATH: '/usr/bin', DATA: 'in.csv', SPACED: 'a b', EVIL: '${command:x}' },
    });
  /** What differs from command to command. */
  const brief = ({ program, module, code, args, pythonArgs, cwd }: DebugConfiguration) => [
    ...(program === undefined ? [] : [`program ${program.slice(root.length + 1)}`]),
    ...(module === undefined ? [] : [`module ${module}`]),
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(pythonArgs === undefined ? [] : [`python ${pythonArgs.join(' ')}`]),
    ...args,
    ...(cwd === root ? [] : [`in ${cwd.slice(root.length + 1)}`]),
  ];
  const targets = async (command: string, more: Partial<Stage> = {}) => {
    const described = await describe1(command, more);
    assert.ok(described.ok, described.ok ? '' : described.problem.message);
    return described.value;
  };

  const CASES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['python train.py a "b c"', [['program train.py', 'a', 'b c']]],
    ['python3.9 -u -X dev -W error train.py', [['program train.py', 'python -u -X dev -W error']]],
    ['python -m pkg.mod --lr=0.1', [['module pkg.mod', '--lr=0.1']]],
    ['python -Bum pkg x', [['module pkg', 'python -Bu', 'x']]],
    ['python -Ximporttime train.py', [['program train.py', 'python -Ximporttime']]],
    ['python -c "import sys; print(1)" a', [['code import sys; print(1)', 'a']]],
    [
      'cd src && python prepare.py && cd .. && python train.py',
      [['program src/prepare.py', 'in src'], ['program train.py']],
    ],
    ['python train.py | tee log.txt', [['program train.py']]],
    ['poetry run python train.py x', [['program train.py', 'x']]],
    ['uv run --with pandas train.py', [['program train.py']]],
    ['uv run -m pkg.mod a', [['module pkg.mod', 'a']]],
    ['conda run -n x python train.py', [['program train.py']]],
    ['kedro run --nodes=a,b', [['module kedro', 'run', '--nodes=a,b']]],
    [
      'accelerate launch --cpu train.py',
      [['module accelerate.commands.launch', '--cpu', 'train.py']],
    ],
    [
      'torchrun --nproc_per_node=2 train.py',
      [['module torch.distributed.run', '--nproc_per_node=2', 'train.py']],
    ],
    ['train-it --fast', [['program .venv/bin/train-it', '--fast']]],
    [
      'python train.py --data $DATA "${DATA}"',
      [['program train.py', '--data', 'in.csv', 'in.csv']],
    ],
    ['python train.py "$SPACED"', [['program train.py', 'a b']]],
    ["python train.py '$HOME' '*.csv' \"a*\"", [['program train.py', '$HOME', '*.csv', 'a*']]],
    ['LR=0.1\npython train.py --lr $LR', [['program train.py', '--lr', '0.1']]],
    ['python train.py ~/data', [['program train.py', join(homedir(), 'data')]]],
    ['for i in 1; do python train.py; done', [['program train.py']]],
    ['python "a b.py"', [['program a b.py']]],
    ["python '$(touch x).py'", [['program $(touch x).py']]],
    ['convert.py a', [['program .venv/bin/convert.py', 'a']]],
    ['./train.py --x', [['program train.py', '--x']]],
  ];
  for (const [command, expected] of CASES) {
    it(command.replaceAll('\n', ' / '), async () => {
      const found = await targets(command);
      assert.deepEqual(
        found.map(({ configuration }) => brief(configuration)),
        expected,
      );
    });
  }

  it('starts in the folder and with the variables of the stage, in its environment', async () => {
    const [target] = await targets('export A=1; B="x y" python train.py', { cwd: 'src' }).catch(
      () => [],
    );
    assert.equal(target, undefined, 'train.py is not in src');
    const [prepare] = await targets('export A=1; B="x y" python prepare.py', { cwd: 'src' });
    assert.deepEqual(prepare, {
      label: 'B="x y" python prepare.py',
      notes: [],
      configuration: {
        name: 'ML Preflight: train',
        type: 'debugpy',
        request: 'launch',
        program: join(root, 'src/prepare.py'),
        args: [],
        cwd: join(root, 'src'),
        env: {
          PATH: `${environment.bin}:\${env:PATH}`,
          VIRTUAL_ENV: environment.prefix,
          A: '1',
          B: 'x y',
        },
        python: environment.python,
        console: 'integratedTerminal',
        justMyCode: true,
      },
    });
  });

  it('takes the interpreter that the command names, if it is there', async () => {
    const [named] = await targets('.venv/bin/python3.9 train.py');
    assert.equal(named?.configuration.python, join(root, '.venv/bin/python3.9'));
    const [gone] = await targets('/gone/bin/python train.py');
    assert.equal(gone?.configuration.python, environment.python);
  });

  it('says what is not as in a run', async () => {
    const [target] = await targets('python train.py > out.txt 2>&1');
    assert.deepEqual(target?.configuration.args, []);
    assert.match(target?.notes.join() ?? '', /a run writes it to out\.txt/);
  });

  const REASONS: readonly (readonly [string, RegExp])[] = [
    ['dvc repro train', /starts other programs/],
    ['mlflow run . -e train', /starts other programs/],
    ['papermill a.ipynb b.ipynb', /runs a notebook/],
    ['jupyter nbconvert --execute a.ipynb', /runs a notebook/],
    ['bash run.sh', /shell script/],
    ['./run.sh', /shell script/],
    ['Rscript train.R', /not Python/],
    ['rusty --train', /no Python program/],
    ['curl -O https://example.org/x', /no Python program/],
    ['python missing.py', /there is no file .*missing\.py/],
    ['python train.py $(cat args)', /only a shell can say/],
    ['python train.py `cat args`', /only a shell can say/],
    ['python train.py $NOT_SET', /\$NOT_SET is not known/],
    ['python train.py $SPACED', /\$SPACED is not known/],
    ['python train.py ${X:-1}', /only a shell can say/],
    ['python train.py data/*.csv', /names of files/],
    ['python train.py < data.csv', /as its input/],
    ['cd /elsewhere && python train.py', /outside of the project/],
    ['python', /without a program/],
    ['cat train.py | python -', /standard input/],
    // The editor would run its own command for these.
    ["python train.py '${command:workbench.action.quit}'", /editor would replace/],
    ['python train.py "$EVIL"', /editor would replace/],
    ["X='${input:a}' python train.py", /editor would replace/],
    ['true', /no Python program/],
  ];
  for (const [command, reason] of REASONS) {
    it(`not ${command}`, async () => {
      const described = await describe1(command);
      assert.ok(!described.ok);
      assert.match(described.problem.message, reason);
      assert.deepEqual(
        [described.problem.code, described.problem.file, described.problem.line],
        ['not-debuggable', 'dvc.yaml', 3],
      );
    });
  }

  it('says why a stage has no command', async () => {
    const described = await describe1('', { notRunnable: "Airflow's scheduler runs it" });
    assert.ok(!described.ok);
    assert.match(described.problem.message, /Airflow's scheduler runs it/);
  });

  it('says what only Snakemake could fill in', async () => {
    await write('rule.py', 'open(snakemake.output[0], "w")\n');
    const snakemake = { tool: 'snakemake' } as const;
    for (const [command, reason] of [
      ['python rule.py', /only Snakemake gives it/],
      ['python train.py {sample} a', /once for each value of \{sample\}/],
      ['# Python in Snakefile:3', /its tool runs it \(Python in Snakefile:3\)/],
    ] as const) {
      const described = await describe1(command, snakemake);
      assert.ok(!described.ok);
      assert.match(described.problem.message, reason);
    }
    assert.equal((await targets('python train.py', snakemake)).length, 1);
  });

  it("a stage's name is no variable of the editor", async () => {
    const [target] = await targets('python train.py', { name: '${command:x}' });
    assert.equal(target?.configuration.name, 'ML Preflight: $ {command:x}');
  });

  it('is shared with the workspace folder as a variable', async () => {
    const [target] = await targets('python train.py');
    assert.ok(target);
    const { program, cwd, env, python } = portableConfiguration(target.configuration, root);
    assert.equal(program, '${workspaceFolder}/train.py');
    assert.equal(cwd, '${workspaceFolder}');
    assert.equal(python, '${workspaceFolder}/.venv/bin/python');
    assert.equal(env['PATH'], '${workspaceFolder}/.venv/bin:${env:PATH}');
    const other = portableConfiguration(target.configuration, `${root}x`);
    assert.equal(other.cwd, root);
  });
});
