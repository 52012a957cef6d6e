import * as vscode from 'vscode';
import { formatCount, formatElapsed, formatSeconds } from '../../base/format';
import { formatProblem, type Problem } from '../../base/problem';
import type { LiveLog } from '../../models/live/liveMetric';
import type { StageStatus } from '../../pipeline/status/stageStatus';
import type { Dataset, Stage } from '../../project/project';
import { projectName } from '../projectName';
import type { LoadedProject } from '../projectStore';
import type { KnownStage } from '../stageStates';
import { describeLive, mainReason, statusWord } from '../stageWords';
import type { DetailNode, PipelineNode, StageNode } from './pipelineNode';
import { statusIcon } from './statusIcon';
import { openEvidence, plainTooltip } from './treeNode';

export function projectItem(loaded: LoadedProject): vscode.TreeItem {
  const item = new vscode.TreeItem(projectName(loaded), vscode.TreeItemCollapsibleState.Expanded);
  item.id = loaded.project.root;
  item.iconPath = new vscode.ThemeIcon('project');
  item.contextValue = 'project';
  item.tooltip = plainTooltip([loaded.project.root]);
  return item;
}

/** @param place tells it from others of its name */
export function stageItem(
  { loaded, stage, place }: StageNode,
  state: KnownStage | undefined,
  live: LiveLog | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(stage.name, vscode.TreeItemCollapsibleState.Collapsed);
  const status = state?.status.status;
  item.id = `${loaded.project.root}\nstage\n${stage.id}`;
  const training = live === undefined || live.metrics.size === 0 ? '' : describeLive(live);
  const facts = [place ?? '', state === undefined ? '' : describeState(state), training];
  item.description = facts.filter((fact) => fact !== '').join(' · ');
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

/** `fresh · 2.1 s`, `stale · params.yaml: train.lr 0.1 -> 0.3`, `running · 16 s`. */
function describeState(state: KnownStage): string {
  const { status } = state.status;
  const fact = factOf(state);
  return fact === undefined ? statusWord(status) : `${statusWord(status)} · ${fact}`;
}

/** What one wants to know first of a stage in its state. */
function factOf(state: KnownStage): string | undefined {
  const { lastRun: run, status } = state;
  if (status.status === 'running') {
    return run === undefined ? undefined : formatElapsed((Date.now() - run.started) / 1000);
  }
  const seconds = run?.seconds;
  if (seconds !== undefined && run?.status === 'cancelled') {
    return `cancelled after ${formatSeconds(seconds)}`;
  }
  if (status.status === 'fresh') return seconds === undefined ? undefined : formatSeconds(seconds);
  // That it has never run is all there is to say of it.
  return status.status === 'never-run' ? undefined : mainReason(state)?.split('\n')[0];
}

export function groupItem(loaded: LoadedProject): vscode.TreeItem {
  const item = new vscode.TreeItem('Data', vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${loaded.project.root}\ndatasets`;
  item.iconPath = new vscode.ThemeIcon('database');
  item.contextValue = 'datasets';
  return item;
}

export function datasetItem(loaded: LoadedProject, dataset: Dataset): vscode.TreeItem {
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

export function problemItem(loaded: LoadedProject, problem: Problem): vscode.TreeItem {
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
export function onRequestItem(loaded: LoadedProject): vscode.TreeItem {
  const item = new vscode.TreeItem('On Request', vscode.TreeItemCollapsibleState.Collapsed);
  const count = loaded.project.stages.filter((stage) => stage.onRequest === true).length;
  item.id = `${loaded.project.root}\nonRequest`;
  item.description = formatCount(count, 'stage');
  item.iconPath = new vscode.ThemeIcon('list-selection');
  item.contextValue = 'onRequest';
  // A plain text would be all that a screen reader says of it.
  item.tooltip = plainTooltip(['Run when they are named; Run Pipeline leaves them out']);
  return item;
}

export function detailItem(detail: DetailNode): vscode.TreeItem {
  const item = new vscode.TreeItem(detail.text);
  item.iconPath = new vscode.ThemeIcon(detail.icon);
  if (detail.description !== undefined) item.description = detail.description;
  if (detail.command !== undefined) item.command = detail.command;
  return item;
}
