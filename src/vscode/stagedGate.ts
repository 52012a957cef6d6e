import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { Problem } from '../base/problem';
import type { EngineCommand } from '../data/engine/engineCommand';
import type { CheckReport } from '../gate/checkReport';
import { recallCheck } from '../gate/checkCache';
import { openGitExtension, type GitRepository } from './gitExtension';
import type { ProjectStore } from './projectStore';

export type GateState =
  | { readonly kind: 'off'; readonly reason: string }
  | { readonly kind: 'checking' }
  | { readonly kind: 'unjudged'; readonly problem: Problem }
  /** `folder` is what was checked, absolute: the paths of the report are relative to it. */
  | { readonly kind: 'judged'; readonly report: CheckReport; readonly folder: string };

/** Git reports a change several times over while it works. */
const SETTLE_MS = 100;

/** The verdict for what is staged, judged again whenever the Git extension says that something has changed. */
export class StagedGate implements Disposable {
  private readonly changed = new vscode.EventEmitter<GateState>();
  private readonly headMoved = new vscode.EventEmitter<void>();
  private readonly subscriptions = new DisposableStore();
  private controller: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;
  /** There is another commit at the tip: the versions are others. */
  readonly onDidMoveHead = this.headMoved.event;
  state: GateState = { kind: 'off', reason: 'No project has been detected.' };

  constructor(
    private readonly store: ProjectStore,
    private readonly engine: EngineCommand,
  ) {}

  /** Listens to the Git extension. Does nothing in an untrusted window: git runs what a repository configures. */
  async start(): Promise<void> {
    const git = await openGitExtension();
    if (git === undefined) return;
    git.repositories.forEach((repository) => this.listen(repository));
    this.subscriptions.add(git.onDidOpenRepository((repository) => this.listen(repository)));
  }

  private listen({ state }: GitRepository): void {
    let head = state.HEAD?.commit;
    this.schedule();
    this.subscriptions.add(
      state.onDidChange(() => {
        this.schedule();
        if (state.HEAD?.commit === head) return;
        head = state.HEAD?.commit;
        this.headMoved.fire();
      }),
    );
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), SETTLE_MS);
  }

  cancel(): void {
    this.controller?.abort();
  }

  /** Judges every open repository now, and keeps the gravest verdict; a check that is under way is cancelled. */
  async check(): Promise<GateState> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    const repositories = new Set(
      this.store.projects.flatMap(({ repository }) => repository?.root ?? []),
    );
    if (repositories.size === 0)
      return this.set(offBecause('This folder is in no git repository.'));
    if (this.state.kind !== 'judged') this.set({ kind: 'checking' });
    let gravest: GateState = offBecause('Nothing was judged.');
    for (const folder of repositories) {
      const state = await this.judge(folder, controller.signal);
      if (weightOf(state) > weightOf(gravest)) gravest = state;
    }
    // Another check has taken over, and says what there is to say.
    if (this.controller !== controller) return this.state;
    return this.set(controller.signal.aborted ? offBecause('The check was cancelled.') : gravest);
  }

  private async judge(folder: string, signal: AbortSignal): Promise<GateState> {
    const recalled = await recallCheck(folder);
    if (recalled !== undefined) return { kind: 'judged', report: recalled, folder };
    const { runCheck } = await import('./onDemand');
    const checked = await runCheck({ folder, scope: 'staged', engine: this.engine, signal });
    return checked.ok
      ? { kind: 'judged', report: checked.value, folder }
      : { kind: 'unjudged', problem: checked.problem };
  }

  private set(state: GateState): GateState {
    this.state = state;
    this.changed.fire(state);
    return state;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.controller?.abort();
    this.subscriptions.dispose();
    this.changed.dispose();
    this.headMoved.dispose();
  }
}

function offBecause(reason: string): GateState {
  return { kind: 'off', reason };
}

const WEIGHTS = { pass: 1, warn: 2, inconclusive: 3, fail: 5 } as const;

function weightOf(state: GateState): number {
  switch (state.kind) {
    case 'off':
    case 'checking':
      return 0;
    case 'unjudged':
      return 4;
    case 'judged':
      return WEIGHTS[state.report.verdict];
  }
}
