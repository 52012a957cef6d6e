import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { ViewState } from '../../protocol/view';
import type { ViewContents } from '../../protocol/views';
import type { GateState } from '../stagedGate';
import { readyState, ViewPanel } from './viewPanel';
import { answerRequest } from './viewRequests';

/** The Gate Report: the verdict for what is staged, or of the commit that was refused last. */
export class GateReportView implements Disposable {
  private readonly panel: ViewPanel<'gateReport'>;
  /** What the links of the report are relative to. */
  private folder = '';

  constructor(extensionUri: vscode.Uri, cancel: () => void) {
    this.panel = new ViewPanel('gateReport', 'Gate Report', extensionUri, (request) =>
      answerRequest(request, this.folder, cancel),
    );
  }

  async showWorking(): Promise<void> {
    await this.panel.show(WORKING, { reveal: true });
  }

  async show(state: GateState): Promise<void> {
    this.take(state);
    await this.panel.show(viewStateOf(state), { reveal: true });
  }

  /** Shows a newer state where the view is open. */
  async update(state: GateState): Promise<void> {
    if (!this.panel.isOpen) return;
    this.take(state);
    await this.panel.show(viewStateOf(state), { reveal: false });
  }

  private take(state: GateState): void {
    if (state.kind === 'judged') this.folder = state.folder;
  }

  dispose(): void {
    this.panel.dispose();
  }
}

const WORKING = { kind: 'working', what: 'Judging what is staged', cancellable: true } as const;

function viewStateOf(state: GateState): ViewState<ViewContents['gateReport']> {
  switch (state.kind) {
    case 'off':
      return { kind: 'empty', message: state.reason };
    case 'checking':
      return WORKING;
    case 'unjudged':
      return { kind: 'failed', problem: state.problem };
    case 'judged':
      return readyState({ report: state.report });
  }
}
