import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProjects } from '../../src/project/detectProjects';
import type { Project } from '../../src/project/project';
import { ensurePythonEnvironment, withPath } from '../harness/pythonEnvironment';
import { inRepository } from '../harness/repository';
import { median, type BenchRow } from './benchRow';

const RUNS = 5;

interface Workload {
  readonly what: string;
  readonly make: (root: string) => Promise<void>;
  /** How many times faster than `dvc status` we have to be. */
  readonly atLeast: number;
}

const WORKLOADS: readonly Workload[] = [
  { what: '20,000 tracked files', make: makeManyFiles, atLeast: 20 },
  { what: '30 stages', make: makeManyStages, atLeast: 50 },
];

/** The status of a DVC project against `dvc status` on the same repository, both with their caches filled. */
export async function benchDvcStatus(): Promise<BenchRow[]> {
  const env = { ...withPath(await ensurePythonEnvironment()), DVC_NO_ANALYTICS: '1' };
  const rows: BenchRow[] = [];
  for (const workload of WORKLOADS) rows.push(...(await measure(workload, env)));
  return rows;
}

async function measure(
  { what, make, atLeast }: Workload,
  env: NodeJS.ProcessEnv,
): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'preflight-dvc-'));
  try {
    const run = (program: string, ...words: readonly string[]): string =>
      execFileSync(program, words, {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString();
    run('git', 'init', '-q');
    run('dvc', 'init', '-q');
    await make(root);
    run('dvc', 'repro', '-q');
    const cli = inRepository('dist', 'cli.js');
    const ourStatus = (): string => run(process.execPath, cli, 'status', '--format', 'json');
    if (!run('dvc', 'status').includes('up to date') || /"status":"(?!fresh)/.test(ourStatus())) {
      throw new Error(`The stages of the workload "${what}" are not all fresh.`);
    }
    const project = await detectHere(root);
    const [dvc, ours, warm]: [number[], number[], number[]] = [[], [], []];
    // Turn by turn, so that what else the machine does falls on all.
    for (let turn = 0; turn <= RUNS; turn++) {
      dvc.push(await timed(() => run('dvc', 'status')));
      ours.push(await timed(ourStatus));
      warm.push(await timed(() => readHere(project)));
    }
    const [theirs, process_, library] = [dvc, ours, warm].map((all) => median(all.slice(1)));
    return [
      { name: `dvc status, ${what}`, value: theirs ?? 0, unit: 'ms' },
      {
        name: `ml-preflight status, a process of its own, ${what}`,
        value: process_ ?? 0,
        unit: 'ms',
      },
      { name: `status in the editor, ${what}`, value: library ?? 0, unit: 'ms' },
      {
        name: `dvc status against status in the editor, ${what}`,
        value: (theirs ?? 0) / (library ?? 1),
        unit: 'x',
        limit: atLeast,
        atLeast: true,
        ratioTo: 'ours',
      },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** As the editor does it when a file has changed: it knows the project already. */
async function readHere(project: Project): Promise<void> {
  await readStatus(project, join(project.root, '.git', 'preflight'));
}

async function detectHere(root: string): Promise<Project> {
  const projects = await detectProjects(root);
  const project = projects.ok ? projects.value[0] : undefined;
  if (project === undefined) throw new Error('There is no project.');
  return project;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** 20,000 images in 20 folders that two stages read and write. */
async function makeManyFiles(root: string): Promise<void> {
  for (let part = 0; part < 20; part++) {
    await mkdir(join(root, `raw/part_${part}`), { recursive: true });
    for (let number = 0; number < 500; number++) {
      await writeFile(join(root, `raw/part_${part}/${number}.txt`), `${part} ${number}\n`);
    }
  }
  await writeFile(
    join(root, 'dvc.yaml'),
    `stages:
  copy: {cmd: cp -r raw images, deps: [raw], outs: [images]}
  count: {cmd: ls -R images > count.txt, deps: [images], outs: [count.txt]}
`,
  );
}

async function makeManyStages(root: string): Promise<void> {
  const stages = Array.from(
    { length: 30 },
    (_, at) =>
      `  step_${at}: {cmd: cp ${at}.txt ${at + 1}.txt, deps: [${at}.txt], outs: [${at + 1}.txt], params: [p${at}]}\n`,
  );
  const parameters = Array.from({ length: 30 }, (_, at) => `p${at}: ${at}\n`);
  await writeFile(join(root, '0.txt'), 'begin\n');
  await writeFile(join(root, 'params.yaml'), parameters.join(''));
  await writeFile(join(root, 'dvc.yaml'), `stages:\n${stages.join('')}`);
}
