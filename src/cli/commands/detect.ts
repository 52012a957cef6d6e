import { resolve } from 'node:path';
import { formatProblem } from '../../base/problem';
import { showControls } from '../../base/escape';
import type { Evidence } from '../../base/evidence';
import { isEmptyProject, type Project, type Stage } from '../../project/project';
import { uncoveredStages } from '../../project/uncoveredStages';
import { detectProjects } from '../../project/detectProjects';
import type { Command } from '../command';
import type { Terminal } from '../terminal';
import { formatTable } from '../textTable';

export const detect: Command = {
  options: { formats: ['text', 'json'], maxPositionals: 0 },
  async run({ arguments: { project, format }, terminal, signal }) {
    const detected = await detectProjects(resolve(project), { signal });
    if (!detected.ok) {
      terminal.problem(detected.problem);
      return 2;
    }
    const projects = detected.value.map((found) => ({
      ...found,
      uncoveredStages: uncoveredStages(found).map((stage) => stage.id),
    }));
    if (format === 'json') terminal.json({ projects });
    else for (const found of detected.value) writeProject(found, terminal);
    return 0;
  },
};

function writeProject(project: Project, terminal: Terminal): void {
  terminal.write(terminal.paint('bold', showControls(project.root)));
  if (isEmptyProject(project)) {
    terminal.write(
      'No stages, data, models or metrics were found here. Describe them in preflight.yaml.',
    );
  }
  const tools = project.tools.map((tool) => [tool.tool, firstPlace(tool.evidence)]);
  writeSection(terminal, 'Tools', tools);
  writeSection(
    terminal,
    'Stages',
    project.stages.map((stage) => [stage.id, stage.kind, place(stage.source), describeCi(stage)]),
  );
  const uncovered = uncoveredStages(project).map((stage) => stage.id);
  if (uncovered.length > 0) {
    terminal.write(`No CI job runs ${showControls(uncovered.join(', '))}.`);
  }
  writeSection(
    terminal,
    'Datasets',
    project.datasets.map((dataset) => [dataset.path, dataset.role, firstPlace(dataset.evidence)]),
  );
  writeSection(
    terminal,
    'Models',
    project.models.map((model) => [model.path, model.name, firstPlace(model.evidence)]),
  );
  writeSection(
    terminal,
    'Metrics',
    project.metrics.map((metrics) => [metrics.path, '', firstPlace(metrics.evidence)]),
  );
  for (const problem of project.problems) {
    terminal.write(terminal.paint('yellow', showControls(formatProblem(problem))));
  }
}

/** `in CI: train (.github/workflows/train.yml:12)`, and how many more. */
function describeCi({ ciJobs: [first, ...others] }: Stage): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `in CI: ${first.job ?? first.tool} (${place(first)})${more}`;
}

function writeSection(
  terminal: Terminal,
  title: string,
  rows: readonly (readonly string[])[],
): void {
  if (rows.length === 0) return;
  const columns = [{ title }, ...(rows[0] ?? []).slice(1).map(() => ({ title: '' }))];
  terminal.write(`\n${formatTable(columns, rows)}`);
}

function place(evidence: Evidence): string {
  return `${evidence.file}:${evidence.line}`;
}

function firstPlace(evidence: readonly Evidence[]): string {
  return evidence[0] === undefined ? '' : place(evidence[0]);
}
