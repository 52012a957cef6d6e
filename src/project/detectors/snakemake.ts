import type { Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { resolvePath } from '../files/paths';
import { loadWorkflow } from '../snakemake/loadWorkflow';
import { detectWorkflow } from '../snakemake/stagesOfWorkflow';
import type { Workflow, WorkflowFiles } from '../snakemake/workflow';

/** Snakemake: the rules of every Snakefile that no other one includes. */
export const snakemakeDetector: Detector = {
  name: 'snakemake',
  async detect({ files, signal }) {
    const snakefiles = [...files.named('Snakefile'), ...files.named('snakefile')];
    if (snakefiles.length === 0) return {};
    const workflows = await loadWorkflows(snakefiles, workflowFiles(files), signal);
    const detections = workflows.map((workflow) => detectOne(workflow, files));
    return {
      tools: [
        { tool: 'snakemake', evidence: workflows.map(({ entry }) => ({ file: entry, line: 1 })) },
      ],
      stages: detections.flatMap((one) => one.stages ?? []),
      datasets: detections.flatMap((one) => one.datasets ?? []),
      models: detections.flatMap((one) => one.models ?? []),
      metrics: detections.flatMap((one) => one.metrics ?? []),
      problems: uniqueProblems(detections),
    };
  },
};

/** A Snakefile that another one includes is no workflow of its own; those nearest to the root come first. */
async function loadWorkflows(
  snakefiles: readonly string[],
  files: WorkflowFiles,
  signal: AbortSignal | undefined,
): Promise<readonly Workflow[]> {
  const depth = (path: string): number => path.split('/').length;
  const workflows: Workflow[] = [];
  const included = new Set<string>();
  for (const entry of [...snakefiles].sort((a, b) => depth(a) - depth(b))) {
    signal?.throwIfAborted();
    if (included.has(entry)) continue;
    const workflow = await loadWorkflow(entry, files);
    for (const path of workflow.snakefiles) included.add(path);
    workflows.push(workflow);
  }
  return workflows.filter(
    ({ entry }) =>
      !workflows.some((other) => other.entry !== entry && other.snakefiles.includes(entry)),
  );
}

function workflowFiles(files: FileIndex): WorkflowFiles {
  return {
    readText: async (path) => {
      if (!files.has(path)) return undefined;
      const text = await files.readText(path);
      return text.ok ? text.value : undefined;
    },
    list: (folder) =>
      folder === '.' ? files.paths : files.paths.filter((path) => path.startsWith(`${folder}/`)),
  };
}

const OTHER_PIPELINES = [
  'dvc.yaml',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'MLproject',
  'Snakefile',
];

function detectOne(workflow: Workflow, files: FileIndex): Detection {
  const base = workflow.workdir ?? workflow.folder;
  // Other tools call their stages by these names as well: `all`, `train`.
  const isAlone =
    workflow.folder === '.' &&
    !OTHER_PIPELINES.some((file) => file !== workflow.entry && files.has(file));
  const idOf = (rule: string): string => (isAlone ? rule : `${workflow.entry}:${rule}`);
  const sources = {
    // What lies outside of the project is taken to be there.
    exists: (path: string) => {
      const located = resolvePath(base, path);
      return located === undefined || files.exists(located);
    },
  };
  return detectWorkflow(workflow, sources, idOf);
}

function uniqueProblems(detections: readonly Detection[]) {
  const problems = detections.flatMap((one) => one.problems ?? []);
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
