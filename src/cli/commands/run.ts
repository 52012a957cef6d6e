import { showControls } from '../../base/escape';
import { formatSeconds } from '../../base/format';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { forcedStages } from '../../pipeline/forcedStages';
import { planRun } from '../../pipeline/graph';
import { previewRun, type PlannedStage } from '../../pipeline/previewRun';
import { findPythonEnvironment } from '../../pipeline/environment/findPythonEnvironments';
import { runStages } from '../../pipeline/runStages';
import type { RunEvent, StageRun } from '../../pipeline/stageRun';
import { readStatus } from '../../pipeline/status';
import type { Stage } from '../../project/project';
import type { Command, ExitCode } from '../command';
import { openProject, type OpenedProject } from '../openProject';
import type { Terminal } from '../terminal';
import { formatTable } from '../textTable';

export const run: Command = {
  options: {
    flags: ['force', 'dry-run', 'downstream'],
    values: ['jobs'],
    formats: ['text', 'json'],
    maxPositionals: Infinity,
  },
  async run({ arguments: typed, terminal, signal }) {
    const opened = await openProject(typed.project, signal);
    if (!opened.ok) return report(terminal, opened.problem);
    const jobs = parseJobs(typed.values.get('jobs')?.at(-1));
    if (!jobs.ok) return report(terminal, [jobs.problem]);
    const plan = planRun(opened.value.project.stages, typed.positionals, {
      upstream: true,
      downstream: typed.flags.has('downstream'),
    });
    if (!plan.ok) return report(terminal, [plan.problem]);
    if (plan.value.length === 0) {
      // A half-read project whose stages were lost must not look like one without stages.
      opened.value.project.problems.forEach(terminal.problem);
      terminal.problem({
        code: 'no-stages',
        message: 'There is no stage to run here.',
        fix: 'Describe one in preflight.yaml, under `stages`.',
      });
      return 2;
    }
    const json = typed.format === 'json';
    const force = typed.flags.has('force');
    if (typed.flags.has('dry-run')) {
      const statuses = await readStatus(opened.value.project, opened.value.stateFolder);
      const preview = previewRun(plan.value, statuses, forcedStages(force, typed.positionals));
      return writePlan(plan.value, preview, json, terminal);
    }
    const runs = await runStages({
      project: opened.value.project,
      stages: plan.value,
      stateFolder: opened.value.stateFolder,
      jobs: jobs.value,
      force,
      targets: typed.positionals,
      signal,
      environment: await findPythonEnvironment(opened.value.project.root, process.env),
      onEvent: (event) => writeEvent(event, json, terminal),
    });
    if (json) terminal.json({ runs });
    else writeFailures(runs, opened.value, terminal);
    return runs.some((stage) => stage.status === 'failed' || stage.status === 'cancelled') ? 1 : 0;
  },
};

function report(terminal: Terminal, problems: readonly Problem[]): ExitCode {
  problems.forEach(terminal.problem);
  return 2;
}

function parseJobs(text: string | undefined): Result<number> {
  if (text === undefined) return ok(1);
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1) return ok(jobs);
  return failed({ code: 'usage', message: `--jobs takes a whole number from 1, not "${text}".` });
}

function writePlan(
  stages: readonly Stage[],
  preview: readonly PlannedStage[],
  json: boolean,
  terminal: Terminal,
): ExitCode {
  const plan = preview.map(({ stage, action, reasons }) => {
    const found = stages.find((candidate) => candidate.id === stage);
    return { stage, action, reasons, command: found?.command ?? '', cwd: found?.cwd ?? '.' };
  });
  if (json) {
    terminal.json({ runs: [], plan });
    return 0;
  }
  const rows = plan.map(({ stage, action, reasons, command }) => [
    stage,
    action,
    command,
    reasons.join('; '),
  ]);
  const columns = ['Stage', 'Would', 'Command', 'Why'].map((title) => ({ title }));
  terminal.write(formatTable(columns, rows));
  return 0;
}

function writeEvent(event: RunEvent, quiet: boolean, terminal: Terminal): void {
  if (quiet) return;
  switch (event.type) {
    case 'started':
      terminal.write(
        terminal.paint('bold', `> ${showControls(event.stage)}: ${showControls(event.command)}`),
      );
      return;
    case 'output':
      // What a stage prints belongs to the user's terminal as it is.
      process.stdout.write(event.data);
      return;
    case 'finished':
      terminal.write(describeRun(event.run, terminal));
      return;
  }
}

function describeRun(stage: StageRun, terminal: Terminal): string {
  const colour = stage.status === 'succeeded' ? 'green' : stage.status === 'failed' ? 'red' : 'dim';
  const after = stage.log === null ? '' : ` after ${formatSeconds(stage.seconds)}`;
  const code =
    stage.exitCode === null || stage.exitCode === 0 ? '' : `, exit code ${stage.exitCode}`;
  const why = stage.reason === undefined ? '' : `: ${showControls(stage.reason)}`;
  return terminal.paint(
    colour,
    `${showControls(stage.stage)}: ${stage.status}${after}${code}${why}`,
  );
}

/** Where to look after a failure: the definition and the log of each failed stage. */
function writeFailures(runs: readonly StageRun[], opened: OpenedProject, terminal: Terminal): void {
  for (const stage of runs) {
    if (stage.status !== 'failed') continue;
    const source = opened.project.stages.find((candidate) => candidate.id === stage.stage)?.source;
    if (source !== undefined)
      terminal.notice(`${stage.stage} is defined at ${source.file}:${source.line}`);
    if (stage.log !== null) terminal.notice(`its log: ${stage.log}`);
  }
}
