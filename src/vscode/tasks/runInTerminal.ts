import * as vscode from 'vscode';
import { readRuns } from '../../pipeline/ledger/runLedger';
import type { LoadedProject } from '../projectStore';
import { mayRun } from '../trust';
import { announceEnd } from './announceEnd';
import { createStageTask, isSameTask, titleOf, type RunRequest } from './stageTask';

/** Ends a run's wait: the exit code, or undefined where the terminal was closed. */
type Ended = (exitCode: number | undefined) => void;

/** Runs stages as an editor task, shows that they run, and says how it ended. */
export async function runInTerminal(
  loaded: LoadedProject,
  request: RunRequest,
  commandLine: string,
): Promise<void> {
  // The editor asks by itself, but does not tell us that the answer was no: we would wait for ever.
  if (!(await mayRun('running stages'))) return;
  const title = titleOf(request);
  const task = await createStageTask(loaded, request, commandLine);
  if (vscode.tasks.taskExecutions.some((execution) => isSameTask(execution.task, task))) {
    // The editor would not start it again, and its end would be told twice.
    void vscode.window.showInformationMessage(`ML Preflight: ${title} is running already.`);
    return;
  }
  const started = Date.now();
  const ended = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `ML Preflight: running ${title}`,
      cancellable: true,
    },
    async (progress, cancelled) => {
      const reporter = reportRunningStage(loaded.stateFolder, progress);
      try {
        const exitCode = await executeTask(task, cancelled);
        // Before the progress is gone: its end and the news of it are one.
        const runs = await readRuns(loaded.stateFolder);
        return { exitCode, runs: runs.filter((run) => run.started >= started) };
      } finally {
        reporter.dispose();
      }
    },
  );
  // The run has ended, whatever becomes of the notification.
  void announceEnd({ loaded, title, started, ...ended });
}

/** Names the stage that runs in the progress notification, as the run's records tell it. */
function reportRunningStage(
  stateFolder: string,
  progress: vscode.Progress<{ readonly message: string }>,
): vscode.Disposable {
  const report = async (): Promise<void> => {
    const running = (await readRuns(stateFolder)).findLast((run) => run.status === 'running');
    if (running !== undefined) progress.report({ message: running.stage });
  };
  const pattern = new vscode.RelativePattern(vscode.Uri.file(stateFolder), 'runs.jsonl');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(() => void report()),
    watcher.onDidChange(() => void report()),
  );
}

async function executeTask(
  task: vscode.Task,
  cancelled: vscode.CancellationToken,
): Promise<number | undefined> {
  const execution = await vscode.tasks.executeTask(task);
  const subscriptions: vscode.Disposable[] = [
    cancelled.onCancellationRequested(() => execution.terminate()),
  ];
  try {
    return await new Promise((resolve: Ended) => {
      subscriptions.push(
        vscode.tasks.onDidEndTaskProcess((event) => {
          if (event.execution === execution) resolve(event.exitCode);
        }),
        // A terminal that is closed ends the task without an exit code.
        vscode.tasks.onDidEndTask((event) => {
          if (event.execution === execution) resolve(undefined);
        }),
      );
    });
  } finally {
    vscode.Disposable.from(...subscriptions).dispose();
  }
}
