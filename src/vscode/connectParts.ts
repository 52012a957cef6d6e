import * as vscode from 'vscode';
import type { DisposableStore } from '../base/disposable';
import type { Parts } from './createParts';
import { RunningClock } from './runningClock';
import { PythonSelection } from './selectedPython';
import type { GateState } from './stagedGate';
import { isStageTask } from './tasks/stageTask';
import { onDidEndTypedCommand } from './typedCommands';

/** Does work that nobody waits for; what it throws is a bug, and logged. */
export type InBackground = (what: string, work: Promise<unknown>) => void;

/** Says who listens to whom: from the projects to the status, and from both to everything that shows them. */
export function connectParts(
  parts: Parts,
  owner: DisposableStore,
  inBackground: InBackground,
): void {
  connectProjects(parts, owner, inBackground);
  connectStatus(parts, owner, inBackground);
  connectGate(parts, owner, inBackground);
}

function connectProjects(parts: Parts, owner: DisposableStore, inBackground: InBackground): void {
  const { store, states, watcher, pipeline, versions } = parts;
  const selection = owner.add(
    new PythonSelection((work) => inBackground('Keeping the selected Python', work)),
  );
  owner.add(
    store.onDidChange(() => {
      watcher.watch(store.projects);
      parts.problems.show(store.projects);
      pipeline.showProjects();
      inBackground('Reading the status', states.refresh());
      inBackground('Reading the versions', versions.refresh());
      if (!vscode.workspace.isTrusted) return;
      inBackground('Watching for refused commits', parts.refused.watch(store.projects));
      inBackground('Keeping the selected Python', selection.keep(store.projects));
    }),
  );
  owner.add(
    vscode.workspace.onDidChangeWorkspaceFolders(() => inBackground('Detecting', store.refresh())),
  );
}

function connectStatus(parts: Parts, owner: DisposableStore, inBackground: InBackground): void {
  const { store, states, watcher, pipeline, training } = parts;
  const refreshStatus = (): void => inBackground('Reading the status', states.refresh());
  const showRunning = async (): Promise<void> => {
    await training.read();
    pipeline.showRunning();
  };
  const onTick = (): void => inBackground('Reading the log of a training', showRunning());
  const clock = owner.add(new RunningClock(states, onTick, refreshStatus));
  owner.add(
    states.onDidChange(() => {
      pipeline.showStates();
      parts.problems.showFailures(store.projects, states);
      clock.update();
    }),
  );
  owner.add(
    watcher.onDidChangeContent(() => {
      refreshStatus();
      inBackground('Comparing', parts.comparison.refresh());
    }),
  );
  owner.add(onDidEndTypedCommand(refreshStatus));
  // The editor looks only now and then whether a folder that it watches, and that was not there, has come.
  const { onDidStartTaskProcess, onDidEndTaskProcess } = vscode.tasks;
  owner.add(
    onDidStartTaskProcess(({ execution }) => isStageTask(execution.task) && refreshStatus()),
  );
  owner.add(onDidEndTaskProcess(({ execution }) => isStageTask(execution.task) && refreshStatus()));
}

function connectGate(parts: Parts, owner: DisposableStore, inBackground: InBackground): void {
  const { gate, versions } = parts;
  owner.add(
    gate.onDidChange((state: GateState) => {
      parts.statusBar.show(state);
      inBackground('Showing the verdict', parts.gateReport.update(state));
    }),
  );
  owner.add(gate.onDidMoveHead(() => inBackground('Reading the versions', versions.refresh())));
}
