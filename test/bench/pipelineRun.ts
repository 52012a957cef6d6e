import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planRun } from '../../src/pipeline/graph/graph';
import { runStages } from '../../src/pipeline/run/runStages';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProject } from '../../src/project/detectProject';
import type { Project } from '../../src/project/project';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { run } from '../harness/childProcess';
import { ensurePipelineTools, ensurePythonEnvironment } from '../harness/pythonEnvironment';
import { copySample, type SampleProject } from '../harness/sampleProject';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { median, type BenchRow } from './benchRow';

const ROUNDS = 5;
const STAGES = 100;
const RUNNER_ROUNDS = 3;

/** The status of `tumours` against `dvc status`, and what running a stage costs beside its command, against others. */
export async function benchPipeline(): Promise<readonly BenchRow[]> {
  return [...(await benchStatus()), ...(await benchRunner())];
}

async function benchStatus(): Promise<readonly BenchRow[]> {
  const sample = await copySample('tumours');
  try {
    await sample.run('dvc', 'repro', '--quiet');
    const project = await detect(sample.root);
    const stateFolder = join(sample.root, '.git', 'preflight');
    const own: number[] = [];
    const dvc: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      own.push(await measure(() => expectFresh(project, stateFolder)));
      dvc.push(await measure(() => sample.run('dvc', 'status', '--json')));
    }
    return [
      { name: 'status of the stages of tumours', value: median(own), unit: 'ms' },
      {
        name: 'speed of status on tumours (3 stages)',
        value: median(dvc) / median(own),
        unit: 'x',
        limit: 20,
        atLeast: true,
        ratioTo: `dvc status (${Math.round(median(dvc))} ms)`,
      },
    ];
  } finally {
    await sample.dispose();
  }
}

/** A figure for a wrong answer would be worth nothing. */
async function expectFresh(project: Project, stateFolder: string): Promise<void> {
  const statuses = await readStatus(project, stateFolder);
  const wrong = statuses.filter(({ status }) => status !== 'fresh');
  if (wrong.length > 0) throw new Error(`Not fresh: ${JSON.stringify(wrong)}`);
}

/** Each stage after the one before, or none after another: with the tools that a user would run them with. */
export async function benchRunner(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const shape of ['chain', 'independent'] as const) {
    const folder = makeTemporaryFolder('runner');
    try {
      await writeStages(folder, shape === 'chain');
      const others = await measureOthers(folder);
      const own = await measureOwn(folder);
      rows.push({
        name: `overhead of the runner per stage (${STAGES} stages of true, ${shape})`,
        value: median(own),
        unit: 'ms',
        limit: 30,
        ratioTo: others
          .map(({ name, values }) => `${name}'s ${median(values).toFixed(1)} ms`)
          .join(', '),
      });
    } finally {
      await removeTemporaryFolder(folder);
    }
  }
  return rows;
}

/** Milliseconds per stage, one for each round. */
async function measureOwn(folder: string): Promise<readonly number[]> {
  const project = await detect(folder);
  const stages = project.stages.filter((stage) => stage.tool === 'preflight');
  const plan = planRun(stages, [], { upstream: false, downstream: false });
  if (!plan.ok || plan.value.length !== STAGES) throw new Error(`No plan of ${STAGES} stages.`);
  const own: number[] = [];
  for (let round = 0; round < RUNNER_ROUNDS; round++) {
    const runs = async () => {
      const ended = await runStages({
        project,
        stages: plan.value,
        stateFolder: join(folder, `state${round}`),
        jobs: 1,
        force: true,
        signal: new AbortController().signal,
        environment: undefined,
        onEvent: () => undefined,
      });
      if (ended.some((one) => one.status !== 'succeeded')) throw new Error('A stage failed.');
    };
    own.push((await measure(runs)) / STAGES);
  }
  return own;
}

interface Others {
  readonly name: string;
  /** Milliseconds per stage, one for each round. */
  readonly values: readonly number[];
}

/** The same stages, forced, one after the other, with the tools' own start, which every run of theirs pays. */
async function measureOthers(folder: string): Promise<readonly Others[]> {
  const python = await ensurePythonEnvironment();
  const tools = await ensurePipelineTools();
  const commands: readonly (readonly [string, number, string, readonly string[]])[] = [
    ['make', RUNNER_ROUNDS, 'make', ['--silent', 'all']],
    ['dvc repro', 1, join(python, 'dvc'), ['repro', '--quiet', '--force']],
    ['snakemake', 1, join(tools, 'snakemake'), ['--quiet', 'all', '--cores', '1', '--forceall']],
  ];
  const others: Others[] = [];
  for (const [name, rounds, program, words] of commands) {
    const values: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const env = { ...process.env, PATH: `${dirname(program)}:${process.env['PATH'] ?? ''}` };
      const work = () => run(program, words, { cwd: folder, env });
      values.push((await measure(work)) / STAGES);
    }
    others.push({ name, values });
  }
  return others;
}

/** The same stages for all of them; a chain is joined by what each tool joins stages by. */
async function writeStages(folder: string, isChain: boolean): Promise<void> {
  const numbers = Array.from({ length: STAGES }, (_, number) => number);
  const before = (n: number, write: (name: string) => string): string =>
    isChain && n > 0 ? write(`s${n - 1}`) : '';
  await mkdir(folder, { recursive: true });
  await run('git', ['init', '-q'], { cwd: folder });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  const own = numbers.map(
    (n) =>
      `  s${n}: { run: "true", outputs: [o${n}]${before(n, (s) => `, dependencies: [o${s.slice(1)}]`)} }\n`,
  );
  await write('preflight.yaml', `version: 1\nstages:\n${own.join('')}`);
  // The semicolon makes `make` start a shell, as a stage's command may need one.
  const rules = numbers.map((n) => `s${n}: ${before(n, (s) => s)}\n\ttrue;\n`);
  const names = numbers.map((n) => `s${n}`).join(' ');
  await write('Makefile', `.PHONY: all ${names}\nall: ${names}\n${rules.join('')}`);
  const stages = numbers.map(
    (n) =>
      `  s${n}:\n    cmd: echo ${n} > d${n}\n${before(n, (s) => `    deps: [d${s.slice(1)}]\n`)}    outs: [d${n}]\n`,
  );
  await write('dvc.yaml', `stages:\n${stages.join('')}`);
  const snakes = numbers.map(
    (n) =>
      `rule s${n}:\n${before(n, (s) => `    input: "k${s.slice(1)}"\n`)}    output: "k${n}"\n    shell: "touch k${n}"\n`,
  );
  const all = numbers.map((n) => `"k${n}"`).join(', ');
  await write('Snakefile', `rule all:\n    input: ${all}\n${snakes.join('')}`);
  const dvc = join(await ensurePythonEnvironment(), 'dvc');
  await run(dvc, ['init', '-q'], { cwd: folder });
}

async function detect(root: SampleProject['root']): Promise<Project> {
  const files = await openWorktreeFiles(root, {});
  if (!files.ok) throw new Error(files.problem.message);
  return detectProject(files.value, {});
}

/** Milliseconds. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
