import { join } from 'node:path';
import { formatCount } from '../../../base/format';
import { isEmptyProject, type Project } from '../../../project/project';
import type { DoctorGroup, DoctorLine } from '../doctorReport';

/** Problems of a project that are listed; the Problems panel and `detect` have them all. */
const SHOWN = 10;

/** What was detected in a project, and what could not be read. */
export function examineProject(project: Project): DoctorGroup {
  const { root, problems } = project;
  const more = problems.length - SHOWN;
  return {
    title: 'Project',
    lines: [
      describeContent(project),
      ...problems.slice(0, SHOWN).map((problem, index): DoctorLine => ({
        id: `project.problem.${index}`,
        name: problem.file ?? problem.code,
        state: 'warning',
        value: problem.message,
        ...(problem.fix === undefined ? {} : { fix: problem.fix }),
        ...(problem.file === undefined ? {} : { file: join(root, problem.file) }),
        ...(problem.line === undefined ? {} : { line: problem.line }),
      })),
      ...(more > 0 ? [moreProblems(more)] : []),
    ],
  };
}

function moreProblems(count: number): DoctorLine {
  return {
    id: 'project.problem.more',
    name: 'more problems',
    state: 'warning',
    value: `${formatCount(count, 'other file or place', 'other files or places')} could not be read`,
    fix: 'Run `ml-preflight detect` for all of them.',
  };
}

function describeContent(project: Project): DoctorLine {
  const { root, tools, stages, datasets, models, metrics, problems } = project;
  const line = { id: 'project.content', name: 'detected' } as const;
  const facts = {
    root,
    stages: stages.length,
    datasets: datasets.length,
    models: models.length,
    metrics: metrics.length,
    problems: problems.length,
  };
  if (isEmptyProject(project)) {
    const value = 'nothing of machine learning';
    const fix = 'Describe stages and datasets in preflight.yaml, or open the folder that has them.';
    return { ...line, state: 'warning', value, notes: [root], fix, facts };
  }
  const value = [
    formatCount(stages.length, 'stage'),
    formatCount(datasets.length, 'dataset'),
    formatCount(models.length, 'model'),
    formatCount(metrics.length, 'metrics file'),
  ].join(', ');
  const evidence = tools.map(({ tool, evidence: [first] }) =>
    first === undefined ? tool : `${tool}: ${first.file}`,
  );
  return { ...line, state: 'ok', value, notes: [root, ...evidence], facts };
}
