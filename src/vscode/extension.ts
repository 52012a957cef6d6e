import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import { engineBeside } from '../data/engine/engineCommand';
import { registerCommands } from './commands';
import { GateStatusBar } from './gateStatusBar';
import { registerEditors } from './editors/registerEditors';
import { createHandlers } from './handlers/createHandlers';
import { LiveTraining } from './liveTraining';
import { ProblemsPanel } from './problemsPanel';
import { ProjectStore } from './projectStore';
import { ProjectWatcher } from './projectWatcher';
import { RefusedCommits } from './refusedCommits';
import { RunningClock } from './runningClock';
import { StagedGate, type GateState } from './stagedGate';
import { StageStates } from './stageStates';
import { registerStageTasks } from './tasks/stageTaskProvider';
import { PipelineTree } from './trees/pipelineTree';
import { VersionsTree } from './trees/versionsTree';
import { onDidEndTypedCommand } from './typedCommands';
import { ComparisonView } from './views/comparisonView';
import { DataReportView } from './views/dataReportView';
import { GateReportView } from './views/gateReportView';

/** What the extension tells tests and benchmarks. */
export interface PreflightApi {
  /** Milliseconds from the start of activation until the trees have their first content to show. */
  readonly firstContent: Promise<number>;
}

/** The composition root: makes the parts, says who listens to whom, and starts. */
export function activate(context: vscode.ExtensionContext): PreflightApi {
  const started = performance.now();
  const owner = new DisposableStore();
  context.subscriptions.push(owner);
  const log = owner.add(vscode.window.createOutputChannel('ML Preflight', { log: true }));
  const parts = createParts(context, owner);
  const handlers = createHandlers({ ...parts, commandLine: context.asAbsolutePath('dist/cli.js') });
  owner.add(registerCommands(handlers, log));
  owner.add(registerStageTasks(parts.store, context.asAbsolutePath('dist/cli.js')));
  owner.add(registerEditors(parts.store, parts.states));
  owner.add(vscode.window.registerTreeDataProvider('mlPreflight.pipeline', parts.pipeline));
  owner.add(vscode.window.registerTreeDataProvider('mlPreflight.versions', parts.versions));

  const inBackground = (what: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      log.error(`${what} failed`, error instanceof Error ? error : String(error));
    });
  };
  connectParts(parts, owner, inBackground);
  const firstContent = parts.store.firstContent.then(() => performance.now() - started);
  inBackground('Starting', start(parts));
  return { firstContent };
}

type Parts = ReturnType<typeof createParts>;

function createParts(context: vscode.ExtensionContext, owner: DisposableStore) {
  const engine = engineBeside(context.asAbsolutePath('dist'));
  const store = owner.add(new ProjectStore());
  const states = owner.add(new StageStates(store));
  const training = new LiveTraining(store, states);
  const gate = owner.add(new StagedGate(store, engine));
  const gateReport = owner.add(new GateReportView(context.extensionUri, () => gate.cancel()));
  return {
    store,
    states,
    gate,
    gateReport,
    watcher: owner.add(new ProjectWatcher(store)),
    training,
    pipeline: owner.add(new PipelineTree(store, states, training)),
    versions: owner.add(new VersionsTree(store)),
    problems: owner.add(new ProblemsPanel()),
    statusBar: owner.add(new GateStatusBar()),
    dataReport: owner.add(new DataReportView(context.extensionUri, engine)),
    comparison: owner.add(new ComparisonView(context.extensionUri)),
    refused: owner.add(
      new RefusedCommits((last) =>
        gateReport.show({ kind: 'judged', report: last, folder: last.folder }),
      ),
    ),
  };
}

function connectParts(
  parts: Parts,
  owner: DisposableStore,
  inBackground: (what: string, work: Promise<unknown>) => void,
): void {
  const { store, states, gate, watcher, pipeline, versions } = parts;
  const refreshStatus = (): void => inBackground('Reading the status', states.refresh());
  const showRunning = (): void =>
    inBackground(
      'Reading the log of a training',
      parts.training.read().then(() => pipeline.showRunning()),
    );
  const clock = owner.add(new RunningClock(states, showRunning, refreshStatus));
  const refreshContent = (): void => {
    refreshStatus();
    inBackground('Comparing', parts.comparison.refresh());
  };
  const showProjects = (): void => {
    watcher.watch(store.projects);
    parts.problems.show(store.projects);
    pipeline.show();
    refreshStatus();
    inBackground('Reading the versions', versions.refresh());
    if (vscode.workspace.isTrusted) {
      inBackground('Watching for refused commits', parts.refused.watch(store.projects));
    }
  };
  const showVerdict = (state: GateState): void => {
    parts.statusBar.show(state);
    inBackground('Showing the verdict', parts.gateReport.update(state));
  };
  const { onDidChangeWorkspaceFolders, onDidGrantWorkspaceTrust } = vscode.workspace;
  owner.add(store.onDidChange(showProjects));
  owner.add(
    states.onDidChange(() => {
      pipeline.show();
      parts.problems.showFailures(store.projects, states);
      clock.update();
    }),
  );
  owner.add(watcher.onDidChangeContent(refreshContent));
  owner.add(onDidEndTypedCommand(refreshStatus));
  owner.add(gate.onDidChange(showVerdict));
  owner.add(gate.onDidMoveHead(() => inBackground('Reading the versions', versions.refresh())));
  owner.add(onDidChangeWorkspaceFolders(() => inBackground('Detecting', store.refresh())));
  owner.add(onDidGrantWorkspaceTrust(() => inBackground('Starting', start(parts))));
}

async function start({ store, gate }: Parts): Promise<void> {
  await store.refresh();
  // Only now is it known whether there is nothing here.
  await vscode.commands.executeCommand('setContext', 'mlPreflight.detected', true);
  // Git runs what a repository's configuration says: not before the folder is trusted.
  if (vscode.workspace.isTrusted) await gate.start();
}
