import type { Project, Stage, Tool } from './project';

const CI_TOOLS: ReadonlySet<Tool> = new Set([
  'azure-pipelines',
  'github-actions',
  'gitlab-ci',
  'jenkins',
]);

/**
 * The stages of the pipeline that no CI job runs. None where the project has no CI file at all; what runs on request
 * only, notebooks, and what only a server runs is nobody's omission.
 */
export function uncoveredStages({ tools, stages }: Project): readonly Stage[] {
  if (!tools.some(({ tool }) => CI_TOOLS.has(tool))) return [];
  return stages.filter(
    ({ tool, onRequest, notRunnable, ciJobs }) =>
      ciJobs.length === 0 && tool !== 'notebook' && onRequest !== true && notRunnable === undefined,
  );
}
