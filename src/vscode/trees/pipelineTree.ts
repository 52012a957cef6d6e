import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { orderStages } from '../../pipeline/graph/graph';
import type { Stage } from '../../project/project';
import { stagePlaces } from '../../project/stagePlaces';
import type { LiveTraining } from '../liveTraining';
import { hasContent } from '../projectName';
import type { LoadedProject, ProjectStore } from '../projectStore';
import type { StageStates } from '../stageStates';
import {
  datasetItem,
  detailItem,
  groupItem,
  onRequestItem,
  problemItem,
  projectItem,
  stageItem,
} from './pipelineItems';
import type { PipelineNode, StageNode } from './pipelineNode';
import { stageDetails } from './stageDetails';

/** Stages with their status, then the datasets, then what could not be read. */
export class PipelineTree implements vscode.TreeDataProvider<PipelineNode>, Disposable {
  private readonly changed = new vscode.EventEmitter<PipelineNode[] | undefined>();
  /** The nodes of stages that are shown: the editor draws a node anew only if it knows the very object. */
  private stageNodes = new Map<string, StageNode>();
  /** What was known of a stage when it was drawn. */
  private readonly shown = new Map<string, string>();
  private structure = '';
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly store: ProjectStore,
    private readonly states: StageStates,
    private readonly training: LiveTraining,
  ) {}

  /**
   * Shows the projects, where they are others than before: while a tree is drawn anew, it jumps under the pointer, and
   * the commands of its menus find nothing to work on.
   */
  showProjects(): void {
    const structure = JSON.stringify(this.store.projects);
    if (structure === this.structure) return;
    this.structure = structure;
    this.stageNodes = new Map();
    this.changed.fire(undefined);
  }

  /** Shows the stages of which something else is known than what is shown. */
  showStates(): void {
    const changed = [...this.stageNodes.values()].filter(
      (node) => this.shown.get(keyOf(node)) !== this.textOf(node),
    );
    if (changed.length > 0) this.changed.fire(changed);
  }

  private textOf({ loaded, stage }: StageNode): string {
    return JSON.stringify(this.states.of(loaded, stage.id) ?? null);
  }

  /** Shows for how long the stages that run have been running. */
  showRunning(): void {
    const running = [...this.stageNodes.values()].filter(
      ({ loaded, stage }) => this.states.of(loaded, stage.id)?.status.status === 'running',
    );
    if (running.length > 0) this.changed.fire(running);
  }

  private stageNodesOf(loaded: LoadedProject, stages: readonly Stage[]): readonly StageNode[] {
    const places = stagePlaces(loaded.project.stages);
    return stages.map((stage) => {
      const place = places.get(stage.id);
      const node: StageNode = {
        kind: 'stage',
        loaded,
        stage,
        ...(place === undefined ? {} : { place }),
      };
      this.stageNodes.set(keyOf(node), node);
      return node;
    });
  }

  async getChildren(node?: PipelineNode): Promise<PipelineNode[]> {
    if (node !== undefined) return this.childrenOf(node);
    await this.store.firstContent;
    const projects = this.store.projects.filter(hasContent);
    const [only] = projects;
    return projects.length === 1 && only !== undefined
      ? this.projectChildren(only)
      : projects.map((loaded) => ({ kind: 'project', loaded }) as const);
  }

  private async childrenOf(node: PipelineNode): Promise<PipelineNode[]> {
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
        return [
          ...this.stageNodesOf(
            node.loaded,
            node.loaded.project.stages.filter((stage) => stage.onRequest === true),
          ),
        ];
      case 'stage':
        return this.detailsOf(node);
      case 'dataset':
      case 'problem':
      case 'detail':
        return [];
    }
  }

  private detailsOf({ loaded, stage }: StageNode): Promise<PipelineNode[]> {
    const known = this.states.of(loaded, stage.id);
    return stageDetails(loaded, stage, known, this.training.of(loaded, stage.id));
  }

  private projectChildren(loaded: LoadedProject): PipelineNode[] {
    const { stages, datasets, problems } = loaded.project;
    const ordered = orderStages(stages);
    const inPipeline = (ordered.ok ? ordered.value : stages).filter(
      (stage) => stage.onRequest !== true,
    );
    return [
      ...this.stageNodesOf(loaded, inPipeline),
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
        this.shown.set(keyOf(node), this.textOf(node));
        return stageItem(
          node,
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

function keyOf({ loaded, stage }: StageNode): string {
  return `${loaded.project.root}\n${stage.id}`;
}
