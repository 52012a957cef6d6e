import { constants } from 'node:os';
import * as vscode from 'vscode';
import { formatSeconds } from '../../base/format';
import { readFailure, type RunFailure } from '../../pipeline/failures/readFailure';
import type { RecordedRun } from '../../pipeline/ledger/recordedRun';
import type { LoadedProject } from '../projectStore';
import type { PipelineNode } from '../trees/pipelineNode';
import { openEvidence } from '../trees/treeNode';
import { spanOfRuns } from '../../pipeline/ledger/spanOfRuns';

export interface EndedRun {
  readonly loaded: LoadedProject;
  /** The stages, as the notification names them. */
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Undefined where the terminal was closed; 128 and a signal's number where it was interrupted. */
  readonly exitCode: number | undefined;
  /** Of the stages, as they are recorded. */
  readonly runs: readonly RecordedRun[];
}

/** Says how a run ended, and offers what one does next. */
export async function announceEnd(run: EndedRun): Promise<void> {
  const { loaded, title, started, runs } = run;
  // The time of the stages, as all else shows it; without any, that of the user's wait.
  const duration = formatSeconds(spanOfRuns(runs) ?? (Date.now() - started) / 1000);
  switch (run.exitCode) {
    case 0:
      return announceSuccess(loaded, title, runs.length === 0 ? undefined : duration);
    case undefined:
    case 128 + constants.signals.SIGHUP:
    case 128 + constants.signals.SIGINT:
    case 128 + constants.signals.SIGTERM:
      void vscode.window.showInformationMessage(
        `ML Preflight: ${title} was cancelled after ${duration}.`,
      );
      return;
    default:
      return announceFailure(
        run,
        duration,
        runs.findLast(({ status }) => status === 'failed'),
      );
  }
}

/** @param duration undefined where nothing had to run */
async function announceSuccess(
  loaded: LoadedProject,
  title: string,
  duration: string | undefined,
): Promise<void> {
  const message =
    duration === undefined
      ? `ML Preflight: ${title} succeeded: everything was fresh, nothing had to run.`
      : `ML Preflight: ${title} succeeded in ${duration}.`;
  const { metrics, models } = loaded.project;
  const next = metrics.length + models.length === 0 ? [] : ['Compare Models'];
  const choice = await vscode.window.showInformationMessage(message, ...next);
  if (choice !== undefined)
    await vscode.commands.executeCommand('mlPreflight.models.compare', projectNode(loaded));
}

async function announceFailure(
  { loaded, title, exitCode }: EndedRun,
  duration: string,
  failed: RecordedRun | undefined,
): Promise<void> {
  const { error, place }: Partial<RunFailure> =
    (failed === undefined ? undefined : await readFailure(failed, loaded.project.root)) ?? {};
  // That of the stage, as all else shows it; the run's own only says that something failed.
  const code = failed?.exitCode ?? exitCode;
  const what = failed === undefined || failed.stage === title ? '' : ` in ${failed.stage}`;
  const message = `ML Preflight: ${title} failed${what} with exit code ${code} after ${duration}.`;
  const text = error === undefined ? message : `${message} ${error}`;
  const open = place === undefined ? [] : [`Open ${place.file}:${place.line}`];
  const choice = await vscode.window.showErrorMessage(text, ...open, 'Show Log');
  if (choice === 'Show Log') {
    const target =
      failed === undefined ? [projectNode(loaded)] : [loaded.project.root, failed.stage];
    await vscode.commands.executeCommand('mlPreflight.stage.showLog', ...target);
  } else if (choice !== undefined && place !== undefined) {
    const { command, arguments: words = [] } = openEvidence(loaded, place);
    await vscode.commands.executeCommand(command, ...(words as readonly unknown[]));
  }
}

/** Several projects may be open: what is offered is about the one that ran. */
function projectNode(loaded: LoadedProject): PipelineNode {
  return { kind: 'project', loaded };
}
