import * as vscode from 'vscode';
import { coalesce } from '../base/coalesce';
import type { Disposable } from '../base/disposable';
import { readFailure, type RunFailure } from '../pipeline/failures/readFailure';
import type { RecordedRun } from '../pipeline/ledger/recordedRun';
import { readRuns } from '../pipeline/ledger/runLedger';
import type { StageStatus } from '../pipeline/status/stageStatus';
import { readStatus } from '../pipeline/status/status';
import type { LoadedProject, ProjectStore } from './projectStore';

/** What is known of a stage now. */
export interface KnownStage {
  readonly status: StageStatus;
  /** The newest run of it that is recorded here. */
  readonly lastRun: RecordedRun | undefined;
  /** What its log says of it, where the last run failed. */
  readonly failure: RunFailure | undefined;
}

/**
 * The status of every stage of the open projects, read in one place for all that shows it: the tree, the graph,
 * the code lenses, the file decorations.
 */
export class StageStates implements Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private states = new Map<string, KnownStage>();
  private readonly failures = new Map<string, RunFailure>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly store: ProjectStore) {}

  /** Reads the status again, and tells of it; ends when it is up to date. */
  readonly refresh = coalesce(async () => {
    const states = new Map<string, KnownStage>();
    for (const loaded of this.store.projects) {
      const [statuses, runs] = await Promise.all([
        readStatus(loaded.project, loaded.stateFolder),
        readRuns(loaded.stateFolder),
      ]);
      for (const status of statuses) {
        const lastRun = runs.findLast((run) => run.stage === status.id);
        const failure = await this.failureOf(status, lastRun, loaded);
        states.set(keyOf(loaded, status.id), { status, lastRun, failure });
      }
    }
    this.states = states;
    this.changed.fire();
  });

  /** The log of a run that has ended does not change: it is read once. */
  private async failureOf(
    { status }: StageStatus,
    run: RecordedRun | undefined,
    loaded: LoadedProject,
  ): Promise<RunFailure | undefined> {
    if (status !== 'failed' || run === undefined) return undefined;
    const known = this.failures.get(run.log);
    if (known !== undefined) return known;
    const failure = await readFailure(run, loaded.project.root);
    if (failure !== undefined) this.failures.set(run.log, failure);
    return failure;
  }

  get isAnyRunning(): boolean {
    return [...this.states.values()].some(({ status }) => status.status === 'running');
  }

  /** Undefined before it has been read for the first time. */
  of(loaded: LoadedProject, stage: string): KnownStage | undefined {
    return this.states.get(keyOf(loaded, stage));
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function keyOf(loaded: LoadedProject, stage: string): string {
  return `${loaded.project.root}\n${stage}`;
}
