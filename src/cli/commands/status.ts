import { showControls } from '../../base/escape';
import type { ParameterChange } from '../../pipeline/parameters/parameterChanges';
import { readParametersSinceBaseline } from '../../pipeline/parameters/parametersSinceBaseline';
import { readStatus } from '../../pipeline/status/status';
import type { Command } from '../command';
import { openProject, type OpenedProject } from '../openProject';
import type { Terminal } from '../terminal';
import { formatTable } from '../textTable';

export const status: Command = {
  options: { formats: ['text', 'json'], maxPositionals: 0 },
  async run({ arguments: { project, format }, terminal, signal }) {
    const opened = await openProject(project, signal);
    if (!opened.ok) {
      opened.problem.forEach(terminal.problem);
      return 2;
    }
    const stages = await readStatus(opened.value.project, opened.value.stateFolder);
    const parameters = await parametersOf(opened.value);
    if (format === 'json') {
      terminal.json({ stages, ...parameters });
      return 0;
    }
    for (const problem of opened.value.project.problems) terminal.problem(problem);
    if (stages.length === 0) {
      terminal.write('No stages were found here. Describe them in preflight.yaml, under `stages`.');
      return 0;
    }
    const rows = stages.map((stage) => [
      stage.id,
      stage.status,
      stage.reasons.map(showControls).join('; '),
    ]);
    terminal.write(formatTable([{ title: 'Stage' }, { title: 'Status' }, { title: 'Why' }], rows));
    writeParameters(parameters, terminal);
    return 0;
  },
};

/** What has changed since the baseline, besides what has changed since the last run. */
interface Parameters {
  readonly baseline?: string;
  readonly parameters: readonly (ParameterChange & { readonly stage: string })[];
}

async function parametersOf({ project, repository, config }: OpenedProject): Promise<Parameters> {
  const isWithout = project.stages.every((stage) => stage.parameters.length === 0);
  if (repository === undefined || isWithout) return { parameters: [] };
  const read = await readParametersSinceBaseline(project, repository, config.gate?.baseline);
  if (!read.ok || read.value === undefined) return { parameters: [] };
  const changes = [...read.value.changes];
  return {
    baseline: read.value.baseline,
    parameters: changes.flatMap(([stage, changed]) => changed.map((one) => ({ stage, ...one }))),
  };
}

function writeParameters({ baseline, parameters }: Parameters, terminal: Terminal): void {
  if (baseline === undefined || parameters.length === 0) return;
  terminal.write(`\nParameters since ${showControls(baseline)}`);
  const rows = parameters.map(({ stage, file, key, before, after }) =>
    [stage, `${file}:${key}`, textOf(before), textOf(after)].map(showControls),
  );
  const titles = ['Stage', 'Parameter', 'Before', 'Now'].map((title) => ({ title }));
  terminal.write(formatTable(titles, rows));
}

function textOf(value: unknown): string {
  return value === undefined ? 'absent' : (JSON.stringify(value) ?? '');
}
