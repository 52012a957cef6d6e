import type { DetectedStage } from '../detector';
import type { YamlNode } from '../yamlNode';
import { servedStage } from './flowStage';
import { KUBEFLOW_RUNS_IT } from './kubeflowIr';

/** Whether an Argo workflow is one that Kubeflow Pipelines 1 compiled. */
export function isKubeflowWorkflow(root: YamlNode): boolean {
  const metadata = root.get('metadata');
  const marks = [
    ...(metadata?.get('annotations')?.entries() ?? []),
    ...(metadata?.get('labels')?.entries() ?? []),
  ];
  return (
    root.get('kind')?.text === 'Workflow' &&
    marks.some(({ key }) => key.startsWith('pipelines.kubeflow.org/'))
  );
}

/** The tasks of a workflow, those of its inner DAGs among them. */
export function tasksOfWorkflow(root: YamlNode, file: string): readonly DetectedStage[] {
  const specification = root.get('spec');
  const templates = new Map<string, YamlNode>();
  for (const template of specification?.get('templates')?.items() ?? []) {
    templates.set(textOf(template, 'name'), template);
  }
  const stages: DetectedStage[] = [];
  const entrypoint = textOf(specification, 'entrypoint');
  const open: { readonly template: string; readonly needs: readonly string[] }[] = [
    { template: entrypoint, needs: [] },
  ];
  const seen = new Set<string>();
  for (const { template, needs } of open) {
    if (seen.has(template)) continue;
    seen.add(template);
    for (const task of tasksOf(templates.get(template))) {
      const before = [...needs, ...neededBy(task).map((one) => `${file}:${one}`)];
      const name = textOf(task, 'template');
      const inner = templates.get(name);
      if (inner?.get('dag') === undefined) stages.push(describeTask(task, inner, file, before));
      else open.push({ template: name, needs: before });
    }
  }
  return stages;
}

function tasksOf(template: YamlNode | undefined): readonly YamlNode[] {
  return template?.get('dag')?.get('tasks')?.items() ?? [];
}

function textOf(node: YamlNode | undefined, key: string): string {
  return node?.get(key)?.text ?? '';
}

function describeTask(
  task: YamlNode,
  template: YamlNode | undefined,
  file: string,
  needs: readonly string[],
): DetectedStage {
  const name = textOf(task, 'name');
  return servedStage({
    tool: 'kubeflow',
    id: `${file}:${name}`,
    name,
    source: { file, line: task.line },
    evidence: template === undefined ? [] : [{ file, line: template.line }],
    notRunnable: KUBEFLOW_RUNS_IT,
    needs: [...new Set(needs)],
  });
}

/** `dependencies: [a, b]`, or `depends: "a && b.Succeeded"`. */
function neededBy(task: YamlNode): readonly string[] {
  const listed = (task.get('dependencies')?.items() ?? []).flatMap((item) => item.text ?? []);
  const words = textOf(task, 'depends').split(/[\s&|!()]+/);
  return [
    ...listed,
    ...words.map((word) => word.replace(/\..*/, '')).filter((word) => word !== ''),
  ];
}
