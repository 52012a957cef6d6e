import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { formatCount, formatSeconds } from '../../base/format';
import { formatProblem, type Problem } from '../../base/problem';
import { orderStages } from '../../pipeline/graph';
import type { RunFailure } from '../../pipeline/failures/readFailure';
import type { RecordedRun } from '../../pipeline/recordedRun';
import type { StageStatus } from '../../pipeline/stageStatus';
import type { Dataset, Stage } from '../../project/project';
import { describeLastRun, statusWord } from '../stageWords';
import type { LoadedProject, ProjectStore } from '../projectStore';
import type { KnownStage, StageStates } from '../stageStates';
import { statusIcon } from './statusIcon';
import { openEvidence, plainTooltip } from './treeNode';

export type PipelineNode =
  | { readonly kind: 'project'; readonly loaded: LoadedProject }
  | { readonly kind: 'stage'; readonly loaded: LoadedProject; readonly stage: Stage }
  | { readonly kind: 'datasets'; readonly loaded: LoadedProject }
  | { readonly kind: 'dataset'; readonly loaded: LoadedProject; readonly dataset: Dataset }
  | { readonly kind: 'problem'; readonly loaded: LoadedProject; readonly problem: Problem }
  | { readonly kind: 'onRequest'; readonly loaded: LoadedProject }
  | {
      readonly kind: 'detail';
      readonly text: string;
      readonly icon: string;
      readonly command?: vscode.Command;
    };

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
      case 'onRequest':
        return node.loaded.project.stages
          .filter((stage) => stage.onRequest === true)
          .map((stage) => ({ kind: 'stage', loaded: node.loaded, stage }));
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

function projectChildren(loaded: LoadedProject): PipelineNode[] {
  const { stages, datasets, problems } = loaded.project;
  const ordered = orderStages(stages);
  const inPipeline = (ordered.ok ? ordered.value : stages).filter(
    (stage) => stage.onRequest !== true,
  );
  return [
    ...inPipeline.map((stage) => ({ kind: 'stage', loaded, stage }) as const),
    ...(inPipeline.length === stages.length ? [] : [{ kind: 'onRequest', loaded } as const]),
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
  item.contextValue = contextOf(stage, status);
  item.tooltip = plainTooltip([
    `${stage.id} (${stage.kind}, ${stage.tool})`,
    stage.command,
    ...(state?.status.reasons ?? []),
    `Found at ${stage.evidence.map((place) => `${place.file}:${place.line}`).join(', ')}`,
  ]);
  item.command = openEvidence(loaded, stage.source);
  return item;
}

/** What the menus go by. */
function contextOf(stage: Stage, status: StageStatus['status'] | undefined): string {
  if (stage.notRunnable !== undefined) return 'stageRemote';
  return status === 'running' ? 'stageRunning' : 'stage';
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

function failureDetail(loaded: LoadedProject, { error, place }: RunFailure): PipelineNode {
  if (place === undefined) return { kind: 'detail', text: error, icon: 'bug' };
  const text = `${error} (${place.file}:${place.line})`;
  return { kind: 'detail', text, icon: 'bug', command: openEvidence(loaded, place) };
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

/** What runs only when it is named stays out of the way of the pipeline. */
function onRequestItem(loaded: LoadedProject): vscode.TreeItem {
  const item = new vscode.TreeItem('On Request', vscode.TreeItemCollapsibleState.Collapsed);
  const count = loaded.project.stages.filter((stage) => stage.onRequest === true).length;
  item.id = `${loaded.project.root}\nonRequest`;
  item.description = formatCount(count, 'stage');
  item.iconPath = new vscode.ThemeIcon('list-selection');
  item.contextValue = 'onRequest';
  item.tooltip = 'Run when they are named; Run Pipeline leaves them out';
  return item;
}

function detailItem(detail: Extract<PipelineNode, { kind: 'detail' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(detail.text);
  item.iconPath = new vscode.ThemeIcon(detail.icon);
  if (detail.command !== undefined) item.command = detail.command;
  return item;
}
