import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatCount } from '../base/format';
import { formatProblem, type Problem } from '../base/problem';
import { CONFIG_FILE } from '../config/parseConfig';
import type { HookStatus } from '../git/hooks/hook';
import type { Result } from '../base/result';
import { readRuns } from '../pipeline/runLedger';
import type { CommandHandlers } from './commands';
import { pickBase, pickProject, pickStage } from './pickers';
import type { LoadedProject, ProjectStore } from './projectStore';
import { runStagesInTerminal, type StageRunOptions } from './stageTasks';
import type { StagedGate } from './stagedGate';
import type { StageStates } from './stageStates';
import type { PipelineNode } from './trees/pipelineTree';
import type { VersionNode, VersionsTree } from './trees/versionsTree';
import type { ComparisonView } from './views/comparisonView';
import type { DataReportView } from './views/dataReportView';
import type { GateReportView } from './views/gateReportView';

export interface HandlerParts {
  readonly store: ProjectStore;
  readonly gate: StagedGate;
  readonly states: StageStates;
  readonly versions: VersionsTree;
  readonly dataReport: DataReportView;
  readonly comparison: ComparisonView;
  readonly gateReport: GateReportView;
  /** Absolute path of the command line's bundle. */
  readonly commandLine: string;
}

/** What each command does; a tree node or a view's arguments come first, else the user is asked. */
export function createHandlers(parts: HandlerParts): CommandHandlers {
  const { store, versions } = parts;
  return {
    'mlPreflight.project.refresh': () => store.refresh(),
    'mlPreflight.project.openConfig': () => openConfig(store),
    'mlPreflight.pipeline.run': (node) => runPipeline(parts, node),
    'mlPreflight.stage.run': (node) => runStage(parts, node, {}),
    'mlPreflight.stage.runForced': (node) => runStage(parts, node, { force: true }),
    'mlPreflight.stage.runDownstream': (node) => runStage(parts, node, { downstream: true }),
    'mlPreflight.stage.open': (node) => openStage(node),
    'mlPreflight.stage.showLog': (node) => showLog(store, node),
    'mlPreflight.data.validate': (target) => validateData(parts, target),
    'mlPreflight.data.writeBaseline': (target) => writeBaseline(parts, target),
    'mlPreflight.data.accept': (dataset, accept) => acceptFinding(parts, dataset, accept),
    'mlPreflight.models.compare': async () => {
      const loaded = await pickProject(store);
      if (loaded !== undefined) await parts.comparison.open(loaded);
    },
    'mlPreflight.models.compareWith': (node) => compareWith(parts, node),
    'mlPreflight.models.copyVersion': (node) => copyVersion(node),
    'mlPreflight.models.refresh': () => versions.refresh(),
    'mlPreflight.gate.check': () => checkStaged(parts),
    'mlPreflight.gate.openReport': () => openGateReport(parts),
    'mlPreflight.hook.install': () => changeHook(parts, 'install'),
    'mlPreflight.hook.uninstall': () => changeHook(parts, 'uninstall'),
  };
}

async function openConfig(store: ProjectStore): Promise<void> {
  const loaded = await pickProject(store);
  if (loaded === undefined) return;
  const uri = vscode.Uri.file(join(loaded.project.root, CONFIG_FILE));
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  await vscode.commands.executeCommand(
    'vscode.open',
    exists ? uri : uri.with({ scheme: 'untitled' }),
  );
}

async function runPipeline(parts: HandlerParts, node: unknown): Promise<void> {
  const loaded = loadedOf(node) ?? (await pickProject(parts.store));
  if (loaded === undefined) return;
  await runStagesInTerminal(loaded, [], parts.commandLine);
  await parts.states.refresh();
}

async function runStage(
  parts: HandlerParts,
  node: unknown,
  options: StageRunOptions,
): Promise<void> {
  const loaded = loadedOf(node) ?? (await pickProject(parts.store));
  if (loaded === undefined) return;
  const stage =
    isPipelineNode(node) && node.kind === 'stage' ? node.stage : await pickStage(loaded);
  if (stage === undefined) return;
  await runStagesInTerminal(loaded, [stage.id], parts.commandLine, options);
  // The watcher may have missed the end of a run that was over at once.
  await parts.states.refresh();
}

async function openStage(node: unknown): Promise<void> {
  if (!isPipelineNode(node) || node.kind !== 'stage') return;
  const { file, line } = node.stage.source;
  const uri = vscode.Uri.file(join(node.loaded.project.root, file));
  await vscode.commands.executeCommand('vscode.open', uri, {
    selection: new vscode.Range(line - 1, 0, line - 1, 0),
  });
}

/** The log of a stage's last run; without a stage, of the last run of all. */
async function showLog(store: ProjectStore, node: unknown): Promise<void> {
  const loaded = loadedOf(node) ?? (await pickProject(store));
  if (loaded === undefined) return;
  const stage = isPipelineNode(node) && node.kind === 'stage' ? node.stage.id : undefined;
  const runs = await readRuns(loaded.stateFolder);
  const last = runs.findLast((run) => stage === undefined || run.stage === stage);
  if (last === undefined) {
    await vscode.window.showInformationMessage(
      'ML Preflight: there is no log yet; nothing has run.',
    );
    return;
  }
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(last.log));
}

async function validateData(parts: HandlerParts, target: unknown): Promise<void> {
  const loaded = loadedOf(target) ?? (await pickProject(parts.store));
  if (loaded !== undefined) await parts.dataReport.open(loaded, datasetNameOf(target, loaded));
}

/** A tree node, a file of the explorer, or a view's argument. */
function datasetNameOf(target: unknown, loaded: LoadedProject): string | undefined {
  if (typeof target === 'string') return target;
  if (target instanceof vscode.Uri) {
    return loaded.project.datasets.find(
      (dataset) => join(loaded.project.root, dataset.path) === target.fsPath,
    )?.name;
  }
  return isPipelineNode(target) && target.kind === 'dataset' ? target.dataset.name : undefined;
}

async function writeBaseline(parts: HandlerParts, target: unknown): Promise<void> {
  const loaded = loadedOf(target) ?? (await pickProject(parts.store));
  if (loaded === undefined) return;
  const name = datasetNameOf(target, loaded);
  const report = await parts.dataReport.open(loaded, name);
  if (report === undefined) return;
  const { writeSchemaAndBaseline } = await import('./judging');
  const written: string[] = [];
  for (const dataset of report.datasets) {
    if ((name !== undefined && dataset.name !== name) || dataset.problems.length > 0) continue;
    const paths = await writeSchemaAndBaseline(loaded.project.root, dataset.name, dataset);
    if (paths.ok) written.push(...paths.value);
    else await showProblem(paths.problem);
  }
  await parts.dataReport.open(loaded, name);
  void offerToOpen(loaded, written);
}

async function offerToOpen(loaded: LoadedProject, written: readonly string[]): Promise<void> {
  const [first] = written;
  if (first === undefined) return;
  const choice = await vscode.window.showInformationMessage(
    `ML Preflight: wrote ${formatCount(written.length, 'file')} in .preflight.`,
    'Open',
  );
  if (choice === 'Open') {
    await vscode.commands.executeCommand(
      'vscode.open',
      vscode.Uri.file(join(loaded.project.root, first)),
    );
  }
}

async function acceptFinding(parts: HandlerParts, name: unknown, accept: unknown): Promise<void> {
  const loaded = await pickProject(parts.store);
  if (loaded === undefined || typeof name !== 'string') return;
  const report = await parts.dataReport.open(loaded, name);
  const dataset = report?.datasets.find((candidate) => candidate.name === name);
  const finding = dataset?.findings.find((candidate) => candidate.fix?.accept === accept);
  if (dataset === undefined || finding === undefined) return;
  const { acceptIntoSchema } = await import('./judging');
  const accepted = await acceptIntoSchema(loaded.project.root, dataset, finding);
  if (!accepted.ok) await showProblem(accepted.problem);
  await parts.dataReport.open(loaded, name);
}

async function showProblem(problem: Problem): Promise<void> {
  await vscode.window.showErrorMessage(`ML Preflight: ${formatProblem(problem)}`);
}

async function compareWith(parts: HandlerParts, node: unknown): Promise<void> {
  const version = isVersionNode(node) && node.kind === 'version' ? node : undefined;
  const loaded = version?.loaded ?? (await pickProject(parts.store));
  if (loaded === undefined) return;
  const base = version?.version.commit ?? (await pickBase(loaded));
  if (base !== undefined) await parts.comparison.open(loaded, base);
}

async function copyVersion(node: unknown): Promise<void> {
  if (isVersionNode(node) && node.kind === 'version')
    await vscode.env.clipboard.writeText(node.version.commit);
}

async function checkStaged(parts: HandlerParts): Promise<void> {
  await parts.store.settled();
  await parts.gateReport.showWorking();
  await parts.gateReport.show(await parts.gate.check());
}

async function openGateReport(parts: HandlerParts): Promise<void> {
  const { state } = parts.gate;
  if (state.kind === 'judged') await parts.gateReport.show(state);
  else await checkStaged(parts);
}

async function changeHook(parts: HandlerParts, change: 'install' | 'uninstall'): Promise<void> {
  const repository = (await pickProject(parts.store))?.repository;
  if (repository === undefined) {
    const text = 'ML Preflight: this folder is in no git repository. Run `git init` first.';
    await vscode.window.showErrorMessage(text);
    return;
  }
  const { installHook, uninstallHook } = await import('./judging');
  const changed: Result<HookStatus> =
    change === 'install'
      ? await installHook(repository, { cli: parts.commandLine, node: process.execPath })
      : await uninstallHook(repository);
  if (!changed.ok) {
    await showProblem(changed.problem);
    return;
  }
  const message = changed.value.installed
    ? 'the gate now judges every commit of this repository.'
    : 'the gate is out of this repository.';
  void vscode.window.showInformationMessage(`ML Preflight: ${message}`);
}

function isPipelineNode(node: unknown): node is PipelineNode & { readonly loaded: LoadedProject } {
  return isNode(node) && ['project', 'stage', 'datasets', 'dataset', 'problem'].includes(node.kind);
}

function isVersionNode(node: unknown): node is VersionNode {
  return isNode(node) && ['model', 'version', 'metric'].includes(node.kind);
}

function isNode(node: unknown): node is { readonly kind: string } {
  return typeof node === 'object' && node !== null && 'kind' in node;
}

function loadedOf(node: unknown): LoadedProject | undefined {
  if (isPipelineNode(node)) return node.loaded;
  return undefined;
}
