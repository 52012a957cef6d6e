import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { formatSeconds } from '../../base/format';
import { formatProblem, type Problem } from '../../base/problem';
import { orderStages } from '../../pipeline/graph';
import type { RecordedRun } from '../../pipeline/recordedRun';
import type { StageStatus } from '../../pipeline/stageStatus';
import type { Dataset, Stage } from '../../project/project';
import type { LoadedProject, ProjectStore } from '../projectStore';
import type { KnownStage, StageStates } from '../stageStates';
import { statusIcon, statusWord } from './stageStatus';
import { openEvidence, plainTooltip } from './treeNode';

export type PipelineNode =
  | { readonly kind: 'project'; readonly loaded: LoadedProject }
  | { readonly kind: 'stage'; readonly loaded: LoadedProject; readonly stage: Stage }
  | { readonly kind: 'datasets'; readonly loaded: LoadedProject }
  | { readonly kind: 'dataset'; readonly loaded: LoadedProject; readonly dataset: Dataset }
  | { readonly kind: 'problem'; readonly loaded: LoadedProject; readonly problem: Problem }
  | { readonly kind: 'detail'; readonly text: string; readonly icon: string };

/** Stages with their status, then the datasets, then what could not be read. */
export class PipelineTree implements vscode.TreeDataProvider<PipelineNode>, Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly store: ProjectStore,
    private readonly states: StageStates,
  ) {}

  /** Shows what is known now. */
  show(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: PipelineNode): Promise<PipelineNode[]> {
    if (node !== undefined) return this.childrenOf(node);
    await this.store.firstContent;
    const { projects } = this.store;
    const [only] = projects;
    return projects.length === 1 && only !== undefined
      ? projectChildren(only)
      : projects.map((loaded) => ({ kind: 'project', loaded }) as const);
  }

  private childrenOf(node: PipelineNode): PipelineNode[] {
    switch (node.kind) {
      case 'project':
        return projectChildren(node.loaded);
      case 'datasets':
        return node.loaded.project.datasets.map((dataset) => ({
          kind: 'dataset',
          loaded: node.loaded,
          dataset,
        }));
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
      ...(state?.status.reasons ?? []).map(detail('info')),
      ...(ran === undefined ? [] : [detail('output')(describeRun(ran))]),
      ...stage.dependencies.map((path) => detail('arrow-small-right')(path)),
      ...stage.outputs.map((path) => detail('file')(path)),
      ...stage.ciJobs.map((job) => detail('github-action')(`in CI: ${job.file}:${job.line}`)),
    ];
  }

  getTreeItem(node: PipelineNode): vscode.TreeItem {
    switch (node.kind) {
      case 'project':
        return projectItem(node.loaded);
      case 'stage':
        return stageItem(node.loaded, node.stage, this.states.of(node.loaded, node.stage.id));
      case 'datasets':
        return groupItem(node.loaded);
      case 'dataset':
        return datasetItem(node.loaded, node.dataset);
      case 'problem':
        return problemItem(node.loaded, node.problem);
      case 'detail':
        return detailItem(node.text, node.icon);
    }
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function projectChildren(loaded: LoadedProject): PipelineNode[] {
  const { stages, datasets, problems } = loaded.project;
  const ordered = orderStages(stages);
  return [
    ...(ordered.ok ? ordered.value : stages).map(
      (stage) => ({ kind: 'stage', loaded, stage }) as const,
    ),
    ...(datasets.length === 0 ? [] : [{ kind: 'datasets', loaded } as const]),
    ...[...loaded.configProblems, ...problems].map(
      (problem) => ({ kind: 'problem', loaded, problem }) as const,
    ),
  ];
}

function projectItem(loaded: LoadedProject): vscode.TreeItem {
  const name = vscode.workspace.asRelativePath(loaded.project.root, true);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon('project');
  item.contextValue = 'project';
  return item;
}

function stageItem(
  loaded: LoadedProject,
  stage: Stage,
  state: KnownStage | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(stage.name, vscode.TreeItemCollapsibleState.Collapsed);
  const status = state?.status.status;
  item.id = `${loaded.project.root}\nstage\n${stage.id}`;
  item.description = status === undefined ? '' : describeStatus(status, state?.lastRun);
  item.iconPath =
    status === undefined ? new vscode.ThemeIcon('circle-large-outline') : statusIcon(status);
  item.contextValue = 'stage';
  item.tooltip = plainTooltip([
    `${stage.id} (${stage.kind}, ${stage.tool})`,
    stage.command,
    ...(state?.status.reasons ?? []),
    `Found at ${stage.evidence.map((place) => `${place.file}:${place.line}`).join(', ')}`,
  ]);
  item.command = openEvidence(loaded, stage.source);
  return item;
}

function describeStatus(status: StageStatus['status'], lastRun: RecordedRun | undefined): string {
  const seconds = lastRun?.seconds;
  if (seconds !== undefined && lastRun?.status === 'cancelled') {
    return `${statusWord(status)} · cancelled after ${formatSeconds(seconds)}`;
  }
  return seconds === undefined
    ? statusWord(status)
    : `${statusWord(status)} · ${formatSeconds(seconds)}`;
}

function describeRun(run: RecordedRun): string {
  if (run.seconds === undefined) return 'running now';
  const code =
    run.exitCode === null || run.exitCode === undefined
      ? 'no exit code'
      : `exit code ${run.exitCode}`;
  return `last run ${run.status}: ${code}, ${formatSeconds(run.seconds)}`;
}

function groupItem(loaded: LoadedProject): vscode.TreeItem {
  const item = new vscode.TreeItem('Data', vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${loaded.project.root}\ndatasets`;
  item.iconPath = new vscode.ThemeIcon('database');
  item.contextValue = 'datasets';
  return item;
}

function datasetItem(loaded: LoadedProject, dataset: Dataset): vscode.TreeItem {
  const item = new vscode.TreeItem(dataset.name);
  item.description = dataset.role === 'other' ? dataset.path : `${dataset.role} · ${dataset.path}`;
  item.iconPath = new vscode.ThemeIcon('table');
  item.contextValue = 'dataset';
  item.tooltip = plainTooltip([
    `${dataset.path} (${dataset.format}, ${dataset.role})`,
    `Found at ${dataset.evidence.map((place) => `${place.file}:${place.line}`).join(', ')}`,
  ]);
  item.command = {
    command: 'mlPreflight.data.validate',
    title: 'Validate',
    arguments: [{ kind: 'dataset', loaded, dataset } satisfies PipelineNode],
  };
  return item;
}

function problemItem(loaded: LoadedProject, problem: Problem): vscode.TreeItem {
  const item = new vscode.TreeItem(problem.message);
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = plainTooltip([formatProblem(problem)]);
  if (problem.file !== undefined) {
    item.description = `${problem.file}:${problem.line ?? 1}`;
    item.command = openEvidence(loaded, { file: problem.file, line: problem.line ?? 1 });
  }
  return item;
}

function detailItem(text: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}
