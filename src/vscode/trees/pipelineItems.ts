import * as vscode from 'vscode';
import { formatCount, formatSeconds } from '../../base/format';
import { formatProblem, type Problem } from '../../base/problem';
import type { LiveLog } from '../../models/live/liveMetric';
import type { RunFailure } from '../../pipeline/failures/readFailure';
import type { RecordedRun } from '../../pipeline/ledger/recordedRun';
import type { StageStatus } from '../../pipeline/status/stageStatus';
import type { Dataset, Stage } from '../../project/project';
import type { LoadedProject } from '../projectStore';
import type { KnownStage } from '../stageStates';
import { describeLive, statusWord } from '../stageWords';
import type { PipelineNode } from './pipelineNode';
import { statusIcon } from './statusIcon';
import { openEvidence, plainTooltip } from './treeNode';

export function projectItem(loaded: LoadedProject): vscode.TreeItem {
  const name = vscode.workspace.asRelativePath(loaded.project.root, true);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon('project');
  item.contextValue = 'project';
  return item;
}

export function stageItem(
  loaded: LoadedProject,
  stage: Stage,
  state: KnownStage | undefined,
  live: LiveLog | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(stage.name, vscode.TreeItemCollapsibleState.Collapsed);
  const status = state?.status.status;
  item.id = `${loaded.project.root}\nstage\n${stage.id}`;
  const training = live === undefined || live.metrics.size === 0 ? '' : ` · ${describeLive(live)}`;
  item.description =
    status === undefined ? '' : `${describeStatus(status, state?.lastRun)}${training}`;
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

function elapsed(run: RecordedRun | undefined): number | undefined {
  return run === undefined ? undefined : Math.round((Date.now() - run.started) / 1000);
}

/** What the menus go by. */
function contextOf(stage: Stage, status: StageStatus['status'] | undefined): string {
  if (stage.notRunnable !== undefined) return 'stageRemote';
  return status === 'running' ? 'stageRunning' : 'stage';
}

function describeStatus(status: StageStatus['status'], lastRun: RecordedRun | undefined): string {
  const seconds = status === 'running' ? elapsed(lastRun) : lastRun?.seconds;
  if (seconds !== undefined && lastRun?.status === 'cancelled') {
    return `${statusWord(status)} · cancelled after ${formatSeconds(seconds)}`;
  }
  return seconds === undefined
    ? statusWord(status)
    : `${statusWord(status)} · ${formatSeconds(seconds)}`;
}

export function failureDetail(loaded: LoadedProject, { error, place }: RunFailure): PipelineNode {
  if (place === undefined) return { kind: 'detail', text: error, icon: 'bug' };
  const text = `${error} (${place.file}:${place.line})`;
  return { kind: 'detail', text, icon: 'bug', command: openEvidence(loaded, place) };
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
  item.tooltip = 'Run when they are named; Run Pipeline leaves them out';
  return item;
}

export function detailItem(detail: Extract<PipelineNode, { kind: 'detail' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(detail.text);
  item.iconPath = new vscode.ThemeIcon(detail.icon);
  if (detail.command !== undefined) item.command = detail.command;
  return item;
}
