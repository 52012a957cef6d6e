import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { CheckReport } from '../../gate/checkReport';
import type { ViewState } from '../../protocol/view';
import type { ViewContents } from '../../protocol/views';
import type { GateState } from '../stagedGate';
import { readyState, ViewPanel } from './viewPanel';
import { answerRequest } from './viewRequests';

/** The Gate Report: the verdict for what is staged, or of the commit that was refused last. */
export class GateReportView implements Disposable {
  private readonly panel: ViewPanel<'gateReport'>;
  private root = '';

  constructor(extensionUri: vscode.Uri, cancel: () => void) {
    this.panel = new ViewPanel('gateReport', 'Gate Report', extensionUri, (request) =>
      answerRequest(request, this.root, cancel),
    );
  }

  async showWorking(root: string): Promise<void> {
    this.root = root;
    await this.panel.show(WORKING, { reveal: true });
  }

  async showReport(root: string, report: CheckReport): Promise<void> {
    await this.showState(root, { kind: 'judged', report });
  }

  async showState(root: string, state: GateState): Promise<void> {
    this.root = root;
    await this.panel.show(viewStateOf(state), { reveal: true });
  }

  /** Shows a newer state where the view is open. */
  async update(state: GateState): Promise<void> {
    if (this.panel.isOpen) await this.panel.show(viewStateOf(state), { reveal: false });
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
