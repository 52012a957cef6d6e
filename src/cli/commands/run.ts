import type { Problem } from '../../base/problem';
import { ok, type Result } from '../../base/result';
import { findPythonEnvironment } from '../../pipeline/environment/findPythonEnvironments';
import { forcedStages } from '../../pipeline/run/forcedStages';
import { planRun } from '../../pipeline/graph/graph';
import { prepareSetting } from '../../pipeline/parameters/prepareSetting';
import type { StageSetting } from '../../pipeline/parameters/stageSetting';
import { previewRun } from '../../pipeline/run/previewRun';
import { runStages } from '../../pipeline/run/runStages';
import type { StageRun } from '../../pipeline/run/stageRun';
import { readStatus } from '../../pipeline/status/status';
import { readResources } from '../../project/overlay/overlayStages';
import type { Stage } from '../../project/project';
import { quoteWord } from '../../project/shell/quoteWord';
import type { Command, ExitCode, Invocation } from '../command';
import { openProject, type OpenedProject } from '../openProject';
import { openRunView } from '../run/openRunView';
import { readRunRequest, type RunRequest } from '../run/runRequest';
import { writePlan } from '../run/writePlan';
import type { Terminal } from '../terminal';

export const run: Command = {
  options: {
    flags: ['force', 'dry-run', 'downstream', 'single-item', 'keep-going'],
    values: ['jobs', 'set'],
    formats: ['text', 'json'],
    maxPositionals: Infinity,
  },
  async run(invocation) {
    const { arguments: typed, terminal, signal } = invocation;
    const opened = await openProject(typed.project, signal);
    if (!opened.ok) return report(terminal, opened.problem);
    const request = readRunRequest(typed);
    if (!request.ok) return report(terminal, [request.problem]);
    const { project, stateFolder } = opened.value;
    const plan = planRun(project.stages, request.value.targets, request.value);
    if (!plan.ok) return report(terminal, [plan.problem]);
    if (plan.value.length === 0) return reportNothing(opened.value, terminal);
    const setting = await readSetting(request.value, plan.value, project.root);
    if (!setting.ok) return report(terminal, [setting.problem]);
    if (request.value.isDryRun) {
      const statuses = await readStatus(project, stateFolder);
      const { force, targets } = request.value;
      // With values of its own, a stage runs in any case.
      const isForced = forcedStages(force || setting.value !== undefined, targets);
      const preview = previewRun(plan.value, statuses, isForced);
      writePlan(plan.value, preview, typed.format === 'json', terminal);
      return 0;
    }
    return execute(invocation, opened.value, request.value, plan.value, setting.value);
  },
};

async function execute(
  { arguments: { format }, terminal, interrupts }: Invocation,
  { project, config, stateFolder }: OpenedProject,
  request: RunRequest,
  stages: readonly Stage[],
  setting: StageSetting | undefined,
): Promise<ExitCode> {
  const json = format === 'json';
  const environment = await findPythonEnvironment(project.root, process.env);
  const hurry = interrupts.insist();
  const view = json ? undefined : openRunView(stages, request.jobs, terminal, interrupts.signal);
  interrupts.onInterrupt((count) => view?.interrupted(count));
  let runs: readonly StageRun[];
  try {
    runs = await runStages({
      ...request,
      project,
      stages,
      stateFolder,
      resources: readResources(config.resources ?? {}),
      setting,
      signal: interrupts.signal,
      hurry,
      environment,
      ...(view?.backlogBytes === undefined ? {} : { backlogBytes: view.backlogBytes }),
      onEvent: (event) => view?.show(event),
    });
  } finally {
    view?.close();
  }
  if (json) terminal.json({ runs });
  else writeFailures(runs, stages, terminal);
  if (runs.some((one) => one.status === 'cancelled')) return interrupts.exitCode;
  return runs.some((one) => one.status === 'failed') ? 1 : 0;
}

async function readSetting(
  { set, targets }: RunRequest,
  plan: readonly Stage[],
  root: string,
): Promise<Result<StageSetting | undefined>> {
  if (set.length === 0) return ok(undefined);
  const target =
    plan.find(({ id }) => id === targets[0]) ?? plan.find(({ name }) => name === targets[0]);
  return target === undefined ? ok(undefined) : prepareSetting(target, root, set);
}

function report(terminal: Terminal, problems: readonly Problem[]): ExitCode {
  problems.forEach(terminal.problem);
  return 2;
}

function reportNothing({ project }: OpenedProject, terminal: Terminal): ExitCode {
  // A half-read project whose stages were lost must not look like one without stages.
  project.problems.forEach(terminal.problem);
  terminal.problem(
    project.stages.length === 0
      ? {
          code: 'no-stages',
          message: 'There is no stage to run here.',
          fix: 'Describe one in preflight.yaml, under `stages`.',
        }
      : {
          code: 'no-stages',
          message:
            'None of the stages here is part of a pipeline: they run only when they are named.',
          fix: `Name one: \`ml-preflight run ${quoteWord(project.stages[0]?.id ?? '')}\`.`,
        },
  );
  return 2;
}

/** Where to look after a failure: the definition and the log of each failed stage. */
function writeFailures(
  runs: readonly StageRun[],
  stages: readonly Stage[],
  terminal: Terminal,
): void {
  for (const run of runs) {
    if (run.status !== 'failed') continue;
    const source = stages.find((candidate) => candidate.id === run.stage)?.source;
    if (source !== undefined)
      terminal.notice(`${run.stage} is defined at ${source.file}:${source.line}`);
    if (run.log !== null) terminal.notice(`its log: ${run.log}`);
  }
}
