import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planRun } from '../../src/pipeline/graph';
import { runStages } from '../../src/pipeline/runStages';
import { readStatus } from '../../src/pipeline/status';
import { detectProject } from '../../src/project/detectProject';
import type { Project } from '../../src/project/project';
import { openWorktreeFiles } from '../../src/project/worktreeFiles';
import { run } from '../harness/childProcess';
import { copySample, type SampleProject } from '../harness/sampleProject';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { median, type BenchRow } from './benchRow';

const ROUNDS = 5;
const STAGES = 30;

/** The status of `tumours` against `dvc status`, and what running a stage costs beside its command, against make. */
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

async function benchRunner(): Promise<readonly BenchRow[]> {
  const folder = makeTemporaryFolder('runner');
  try {
    await writeStages(folder);
    const project = await detect(folder);
    const plan = planRun(project.stages, [], { upstream: false, downstream: false });
    if (!plan.ok || plan.value.length !== STAGES) throw new Error(`No plan of ${STAGES} stages.`);
    const own: number[] = [];
    const make: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const runs = () =>
        runStages({
          project,
          stages: plan.value,
          stateFolder: join(folder, `state${round}`),
          jobs: 1,
          force: false,
          signal: new AbortController().signal,
          environment: undefined,
          onEvent: () => undefined,
        });
      own.push((await measure(runs)) / STAGES);
      make.push((await measure(() => run('make', ['--silent', 'all'], { cwd: folder }))) / STAGES);
    }
    return [
      {
        name: `overhead of the runner per stage (${STAGES} stages of true)`,
        value: median(own),
        unit: 'ms',
        limit: 30,
        ratioTo: `make's ${median(make).toFixed(1)} ms`,
      },
    ];
  } finally {
    await removeTemporaryFolder(folder);
  }
}

/** The same chain for both, without outputs that would have to be made. */
async function writeStages(folder: string): Promise<void> {
  const numbers = Array.from({ length: STAGES }, (_, number) => number);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'preflight.yaml'),
    `version: 1\nstages:\n${numbers.map((n) => `  s${n}: { run: "true" }\n`).join('')}`,
  );
  // The semicolon makes `make` start a shell, as a stage's command may need one.
  const rules = numbers.map((n) => `s${n}: ${n === 0 ? '' : `s${n - 1}`}\n\ttrue;\n`);
  const names = numbers.map((n) => `s${n}`).join(' ');
  await writeFile(
    join(folder, 'Makefile'),
    `.PHONY: all ${names}\nall: s${STAGES - 1}\n${rules.join('')}`,
  );
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
