import { constants } from 'node:os';
import * as vscode from 'vscode';
import { formatSeconds } from '../../base/format';
import { readFailure, type RunFailure } from '../../pipeline/failures/readFailure';
import { readRuns } from '../../pipeline/ledger/runLedger';
import type { LoadedProject } from '../projectStore';
import { openEvidence } from '../trees/treeNode';

export interface EndedRun {
  readonly loaded: LoadedProject;
  /** The stages, as the notification names them. */
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Undefined where the terminal was closed; 128 and a signal's number where it was interrupted. */
  readonly exitCode: number | undefined;
}

/** Says how a run ended, and offers what one does next. */
export async function announceEnd(run: EndedRun): Promise<void> {
  const duration = formatSeconds((Date.now() - run.started) / 1000);
  switch (run.exitCode) {
    case 0:
      return announceSuccess(`ML Preflight: ${run.title} succeeded in ${duration}.`);
    case undefined:
    case 128 + constants.signals.SIGHUP:
    case 128 + constants.signals.SIGINT:
    case 128 + constants.signals.SIGTERM:
      void vscode.window.showInformationMessage(
        `ML Preflight: ${run.title} was cancelled after ${duration}.`,
      );
      return;
    default:
      return announceFailure(
        `ML Preflight: ${run.title} failed with exit code ${run.exitCode} after ${duration}.`,
        run.loaded,
        await failureSince(run),
      );
  }
}

async function announceSuccess(message: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(message, 'Compare Models');
  if (choice !== undefined) await vscode.commands.executeCommand('mlPreflight.models.compare');
}

async function announceFailure(
  message: string,
  loaded: LoadedProject,
  failure: RunFailure | undefined,
): Promise<void> {
  const { error, place } = failure ?? {};
  const open = place === undefined ? [] : [`Open ${place.file}:${place.line}`];
  const text = error === undefined ? message : `${message} ${error}`;
  const choice = await vscode.window.showErrorMessage(text, ...open, 'Show Log');
  if (choice === 'Show Log') await vscode.commands.executeCommand('mlPreflight.stage.showLog');
  else if (choice !== undefined && place !== undefined) {
    const { command, arguments: words = [] } = openEvidence(loaded, place);
    await vscode.commands.executeCommand(command, ...(words as readonly unknown[]));
  }
}

async function failureSince({ loaded, started }: EndedRun): Promise<RunFailure | undefined> {
  const runs = await readRuns(loaded.stateFolder);
  const failed = runs.findLast((run) => run.status === 'failed' && run.started >= started);
  return failed === undefined ? undefined : readFailure(failed, loaded.project.root);
}
