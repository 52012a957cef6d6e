import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { formatNumber } from '../../base/format';
import { orderStages } from '../../pipeline/graph/graph';
import type { Stage } from '../../project/project';
import type { LiveTraining } from '../liveTraining';
import type { LoadedProject, ProjectStore } from '../projectStore';
import type { StageStates } from '../stageStates';
import { describeLastRun } from '../stageWords';
import {
  datasetItem,
  detailItem,
  failureDetail,
  groupItem,
  onRequestItem,
  problemItem,
  projectItem,
  stageItem,
} from './pipelineItems';
import type { PipelineNode, StageNode } from './pipelineNode';
import { openEvidence } from './treeNode';

/** Stages with their status, then the datasets, then what could not be read. */
export class PipelineTree implements vscode.TreeDataProvider<PipelineNode>, Disposable {
  private readonly changed = new vscode.EventEmitter<PipelineNode[] | undefined>();
  /** The nodes of stages that are shown: the editor draws a node anew only if it knows the very object. */
  private stageNodes = new Map<string, StageNode>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly store: ProjectStore,
    private readonly states: StageStates,
    private readonly training: LiveTraining,
  ) {}

  /** Shows what is known now. */
  show(): void {
    this.stageNodes = new Map();
    this.changed.fire(undefined);
  }

  /** Shows for how long the stages that run have been running. */
  showRunning(): void {
    const running = [...this.stageNodes.values()].filter(
      ({ loaded, stage }) => this.states.of(loaded, stage.id)?.status.status === 'running',
    );
    if (running.length > 0) this.changed.fire(running);
  }

  private stageNode(loaded: LoadedProject, stage: Stage): StageNode {
    const node: StageNode = { kind: 'stage', loaded, stage };
    this.stageNodes.set(`${loaded.project.root}\n${stage.id}`, node);
    return node;
  }

  async getChildren(node?: PipelineNode): Promise<PipelineNode[]> {
    if (node !== undefined) return this.childrenOf(node);
    await this.store.firstContent;
    const { projects } = this.store;
    const [only] = projects;
    return projects.length === 1 && only !== undefined
      ? this.projectChildren(only)
      : projects.map((loaded) => ({ kind: 'project', loaded }) as const);
  }

  private childrenOf(node: PipelineNode): PipelineNode[] {
    switch (node.kind) {
      case 'project':
        return this.projectChildren(node.loaded);
      case 'datasets':
        return node.loaded.project.datasets.map((dataset) => ({
          kind: 'dataset',
          loaded: node.loaded,
          dataset,
        }));
      case 'onRequest':
        return node.loaded.project.stages
          .filter((stage) => stage.onRequest === true)
          .map((stage) => this.stageNode(node.loaded, stage));
      case 'stage':
        return this.stageDetails(node.loaded, node.stage);
      case 'dataset':
      case 'problem':
      case 'detail':
        return [];
    }
  }

  private stageDetails(loaded: LoadedProject, stage: Stage): PipelineNode[] {
    const state = this.states.of(loaded, stage.id);
    const detail = (icon: string) => (text: string) => ({ kind: 'detail', text, icon }) as const;
    const ran = state?.lastRun;
    return [
      ...[...(this.training.of(loaded, stage.id)?.metrics.values() ?? [])].map(({ name, value }) =>
        detail('graph-line')(`${name} ${formatNumber(value)}`),
      ),
      ...(state?.status.reasons ?? []).map(detail('info')),
      ...(state?.failure === undefined ? [] : [failureDetail(loaded, state.failure)]),
      ...(ran === undefined ? [] : [detail('output')(describeLastRun(ran, Date.now()))]),
      ...stage.dependencies.map((path) => detail('arrow-small-right')(path)),
      ...stage.outputs.map((path) => detail('file')(path)),
      ...stage.parameters.map((parameter) => detail('settings')(parameter)),
      ...stage.ciJobs.map((job) => ({
        ...detail('server-process')(`in CI: ${job.job ?? job.tool} (${job.file}:${job.line})`),
        command: openEvidence(loaded, job),
      })),
    ];
  }

  private projectChildren(loaded: LoadedProject): PipelineNode[] {
    const { stages, datasets, problems } = loaded.project;
    const ordered = orderStages(stages);
    const inPipeline = (ordered.ok ? ordered.value : stages).filter(
      (stage) => stage.onRequest !== true,
    );
    return [
      ...inPipeline.map((stage) => this.stageNode(loaded, stage)),
      ...(inPipeline.length === stages.length ? [] : [{ kind: 'onRequest', loaded } as const]),
      ...(datasets.length === 0 ? [] : [{ kind: 'datasets', loaded } as const]),
      ...[...loaded.configProblems, ...problems].map(
        (problem) => ({ kind: 'problem', loaded, problem }) as const,
      ),
    ];
  }

  getTreeItem(node: PipelineNode): vscode.TreeItem {
    switch (node.kind) {
      case 'project':
        return projectItem(node.loaded);
      case 'stage':
        return stageItem(
          node.loaded,
          node.stage,
          this.states.of(node.loaded, node.stage.id),
          this.training.of(node.loaded, node.stage.id),
        );
      case 'datasets':
        return groupItem(node.loaded);
      case 'dataset':
        return datasetItem(node.loaded, node.dataset);
      case 'problem':
        return problemItem(node.loaded, node.problem);
      case 'onRequest':
        return onRequestItem(node.loaded);
      case 'detail':
        return detailItem(node);
    }
  }

  dispose(): void {
    this.changed.dispose();
  }
}
