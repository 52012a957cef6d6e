import * as vscode from 'vscode';
import { formatSeconds } from '../base/format';
import { readRuns } from '../pipeline/runLedger';
import type { LoadedProject } from './projectStore';
import { selectedPython } from './selectedPython';

export interface StageRunOptions {
  readonly force?: boolean;
  readonly downstream?: boolean;
}

/** Ends a run's wait: the exit code, or undefined where the terminal was closed. */
type Ended = (exitCode: number | undefined) => void;

/**
 * Runs stages as editor tasks: the command line runs them in an integrated terminal, where they are seen and
 * interrupted, and it keeps the same records as a run that was typed.
 * @param stages ids of stages; none is the whole pipeline
 */
export async function runStagesInTerminal(
  loaded: LoadedProject,
  stages: readonly string[],
  commandLine: string,
  options: StageRunOptions = {},
): Promise<void> {
  const title = stages.length === 0 ? 'pipeline' : stages.join(', ');
  const task = createTask(
    loaded,
    stages,
    title,
    commandLine,
    options,
    await selectedPython(loaded.folder.uri),
  );
  const started = Date.now();
  const exitCode = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `ML Preflight: running ${title}`,
      cancellable: true,
    },
    async (progress, cancelled) => {
      const reporter = reportRunningStage(loaded.stateFolder, progress);
      try {
        return await executeTask(task, cancelled);
      } finally {
        reporter.dispose();
      }
    },
  );
  // The run has ended, whatever becomes of the notification.
  void announceEnd(title, exitCode, (Date.now() - started) / 1000);
}

function createTask(
  loaded: LoadedProject,
  stages: readonly string[],
  title: string,
  commandLine: string,
  options: StageRunOptions,
  python: string | undefined,
): vscode.Task {
  const words = [
    commandLine,
    'run',
    '--project',
    loaded.project.root,
    ...(options.force === true ? ['--force'] : []),
    ...(options.downstream === true ? ['--downstream'] : []),
    '--',
    ...stages,
  ];
  const env = {
    ELECTRON_RUN_AS_NODE: '1',
    ...(python === undefined ? {} : { ML_PREFLIGHT_PYTHON: python }),
  };
  const execution = new vscode.ProcessExecution(process.execPath, words, {
    cwd: loaded.project.root,
    env,
  });
  const definition: vscode.TaskDefinition = { type: 'mlPreflight', stages: [...stages] };
  const task = new vscode.Task(definition, loaded.folder, title, 'ML Preflight', execution);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
    echo: false,
  };
  return task;
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

async function announceEnd(
  title: string,
  exitCode: number | undefined,
  seconds: number,
): Promise<void> {
  const duration = formatSeconds(seconds);
  if (exitCode === 0) {
    const choice = await vscode.window.showInformationMessage(
      `ML Preflight: ${title} succeeded in ${duration}.`,
      'Compare Models',
    );
    if (choice !== undefined) await vscode.commands.executeCommand('mlPreflight.models.compare');
    return;
  }
  if (exitCode === undefined) {
    void vscode.window.showInformationMessage(
      `ML Preflight: ${title} was cancelled after ${duration}.`,
    );
    return;
  }
  const choice = await vscode.window.showErrorMessage(
    `ML Preflight: ${title} failed with exit code ${exitCode} after ${duration}.`,
    'Show Log',
  );
  if (choice !== undefined) await vscode.commands.executeCommand('mlPreflight.stage.showLog');
}
