import type { Evidence } from '../../base/evidence';
import type { DetectedStage } from '../detector';
import type { YamlNode } from '../yamlNode';
import { servedStage } from './flowStage';

/** Pipelines within pipelines are followed this deep. */
const DEEPEST = 10;
const MOST_TASKS = 2000;
export const KUBEFLOW_RUNS_IT = 'Kubeflow runs it on its cluster';

/** The tasks of a compiled pipeline (IR of Kubeflow Pipelines 2 and of Vertex AI), those of inner pipelines among them. */
export function tasksOfIr(root: YamlNode, file: string): readonly DetectedStage[] {
  const specification = root.get('pipelineSpec') ?? root;
  const pipeline = specification.get('pipelineInfo')?.get('name')?.text ?? '';
  const reader = new IrReader(specification, file, pipeline);
  reader.addDag(specification.get('root')?.get('dag'), [], []);
  return reader.stages;
}

class IrReader {
  readonly stages: DetectedStage[] = [];
  private readonly components: ReadonlyMap<string, YamlNode>;
  /** The lines of the executors. */
  private readonly executors: ReadonlyMap<string, number>;

  constructor(
    specification: YamlNode,
    private readonly file: string,
    private readonly pipeline: string,
  ) {
    const components = specification.get('components')?.entries() ?? [];
    this.components = new Map(components.map(({ key, value }) => [key, value]));
    const executors = specification.get('deploymentSpec')?.get('executors')?.entries() ?? [];
    this.executors = new Map(executors.map(({ key, line }) => [key, line]));
  }

  /** @param needs what the pipeline needs that these tasks are in */
  addDag(dag: YamlNode | undefined, path: readonly string[], needs: readonly string[]): void {
    for (const { key, line, value } of dag?.get('tasks')?.entries() ?? []) {
      if (this.stages.length >= MOST_TASKS) return;
      const before = [
        ...needs,
        ...neededBy(value).flatMap((name) => this.idsOf(dag, [...path, name])),
      ];
      const reference = value.get('componentRef')?.get('name')?.text ?? '';
      const component = this.components.get(reference);
      const inner = component?.get('dag');
      const own = [...path, key];
      if (inner !== undefined && path.length < DEEPEST) this.addDag(inner, own, before);
      else this.addTask(own, { file: this.file, line }, component, before);
    }
  }

  private addTask(
    path: readonly string[],
    source: Evidence,
    component: YamlNode | undefined,
    needs: readonly string[],
  ): void {
    const label = component?.get('executorLabel')?.text ?? '';
    const line = this.executors.get(label);
    this.stages.push(
      servedStage({
        tool: 'kubeflow',
        id: this.id(path),
        name: path.join('/'),
        source,
        evidence: line === undefined ? [] : [{ file: this.file, line }],
        notRunnable: KUBEFLOW_RUNS_IT,
        needs: [...new Set(needs)],
      }),
    );
  }

  /** The stage of a task, or those of the pipeline that it is. */
  private idsOf(dag: YamlNode | undefined, path: readonly string[]): readonly string[] {
    const task = dag?.get('tasks')?.get(path.at(-1) ?? '');
    const reference = task?.get('componentRef')?.get('name')?.text ?? '';
    const inner = this.components.get(reference)?.get('dag');
    if (inner === undefined || path.length > DEEPEST) return [this.id(path)];
    const names = inner.get('tasks')?.entries() ?? [];
    return names.slice(0, MOST_TASKS).flatMap(({ key }) => this.idsOf(inner, [...path, key]));
  }

  private id(path: readonly string[]): string {
    return `${this.file}:${[this.pipeline, ...path].filter((part) => part !== '').join('/')}`;
  }
}

function neededBy(task: YamlNode): readonly string[] {
  return (task.get('dependentTasks')?.items() ?? []).flatMap((item) => item.text ?? []);
}
