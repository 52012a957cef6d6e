import type { Problem } from '../base/problem';
import { CONFIG_FILE } from '../config/parseConfig';
import type { DvcOutputs } from '../data/content/contentDvcOutputs';
import type { Dataset } from '../project/project';
import type { ProjectPlan } from './checkProject';
import { readProjectConfig } from './projectConfig';
import { describeChange, type StagedContext } from './stagedChange';
import type { StagedProject } from './stagedProjects';
import { isMeant, matchesContent, touchedDatasets, touchedMetrics } from './touched';

/** What of a project has to be judged because of what is staged in it. */
export async function planStaged(
  staged: StagedProject,
  context: StagedContext,
): Promise<ProjectPlan> {
  const { project, files, prefix } = staged;
  const [config, { change, recorded }] = await Promise.all([
    readProjectConfig(files),
    describeChange(staged, context),
  ]);
  const touched = touchedDatasets(project.datasets, change);
  const isVersioned = (dataset: Dataset): boolean =>
    matchesContent(dataset, files.paths) || isRecorded(dataset, recorded);
  const datasets = touched.filter(isVersioned);
  const removed = touched.filter(
    (dataset) => !isVersioned(dataset) && matchesContent(dataset, change.deleted),
  );
  const metrics = touchedMetrics(project, change);
  const found = [...project.problems, ...recorded.problems].filter(
    ({ file }) => config.ok || file !== CONFIG_FILE,
  );
  const isStaged = (problem: Problem): boolean =>
    change.paths.has(problem.file ?? '') && !problem.code.endsWith('-unsupported');
  const concernsUs = datasets.length + removed.length + metrics.size > 0;
  return {
    project,
    prefix,
    config: config.ok ? config.value : {},
    source: 'index',
    datasets,
    metrics,
    problems: [
      ...(config.ok ? [] : config.problem),
      ...unmerged(staged),
      ...found.filter(isStaged),
    ],
    doubts: concernsUs
      ? [
          ...removed.map(explainRemoved),
          ...found.filter((one) => !isStaged(one)).map(explainUnread),
        ]
      : [],
  };
}

function isRecorded(dataset: Dataset, { outputs }: DvcOutputs): boolean {
  return outputs.some(({ path }) => isMeant(path, dataset));
}

/** Git refuses such a commit itself; a check before that must not judge the rest as if it were all. */
function unmerged({ changes }: StagedProject): readonly Problem[] {
  return changes
    .filter(({ status }) => status === 'unmerged')
    .map(({ path }) => ({
      code: 'index-unmerged',
      message: 'It has conflicts that are not resolved.',
      file: path,
      fix: 'Resolve them and stage the file.',
    }));
}

function explainRemoved({ name, path, evidence }: Dataset): Problem {
  const place = evidence[0];
  const where = place === undefined ? '' : `, which ${place.file}:${place.line} still names`;
  return {
    code: 'dataset-removed',
    message: `This change removes the dataset "${name}"${where}.`,
    file: path,
  };
}

function explainUnread(problem: Problem): Problem {
  const message = problem.message.replace(/\.$/, '');
  return { ...problem, message: `${message}; what it defines was not judged.` };
}
