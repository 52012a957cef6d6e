import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import { formatProblem } from '../base/problem';
import type { CheckReport } from '../gate/checkReport';
import type { GateState } from './stagedGate';
import { plainTooltip } from './trees/treeNode';

const MAX_REASONS = 8;

/** The verdict for what is staged, in the status bar; its hover lists the reasons. */
export class GateStatusBar implements Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'mlPreflight.gate',
    vscode.StatusBarAlignment.Left,
    5,
  );

  constructor() {
    this.item.name = 'ML Preflight gate';
    this.item.command = 'mlPreflight.gate.openReport';
  }

  show(state: GateState): void {
    const look = lookOf(state);
    if (look === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = `$(${look.icon}) Preflight: ${look.word}`;
    this.item.tooltip = plainTooltip(look.lines);
    this.item.backgroundColor =
      look.background === undefined ? undefined : new vscode.ThemeColor(look.background);
    this.item.accessibilityInformation = {
      label: `ML Preflight: ${look.lines.join('. ')}`,
      role: 'button',
    };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

interface Look {
  readonly icon: string;
  readonly word: string;
  readonly lines: readonly string[];
  readonly background?: string;
}

function lookOf(state: GateState): Look | undefined {
  switch (state.kind) {
    case 'off':
      return undefined;
    case 'checking':
      return { icon: 'loading~spin', word: 'checking', lines: ['Judging what is staged'] };
    case 'unjudged':
      return {
        icon: 'question',
        word: 'could not judge',
        lines: [formatProblem(state.problem)],
        background: 'statusBarItem.warningBackground',
      };
    case 'judged':
      return verdictLook(state.report);
  }
}

function verdictLook(report: CheckReport): Look {
  const reasons = report.reasons.slice(0, MAX_REASONS).map((reason) => reason.text);
  const more = report.reasons.length - reasons.length;
  const lines = [report.headline, ...reasons, ...(more > 0 ? [`and ${more} more`] : [])];
  if (report.unjudged && report.verdict !== 'fail') {
    return {
      icon: 'question',
      word: 'could not judge',
      lines,
      background: 'statusBarItem.warningBackground',
    };
  }
  switch (report.verdict) {
    case 'pass':
      return { icon: 'pass', word: 'pass', lines };
    case 'warn':
      return {
        icon: 'warning',
        word: 'warnings',
        lines,
        background: 'statusBarItem.warningBackground',
      };
    case 'inconclusive':
      return {
        icon: 'question',
        word: 'inconclusive',
        lines,
        background: 'statusBarItem.warningBackground',
      };
    case 'fail':
      return { icon: 'error', word: 'fail', lines, background: 'statusBarItem.errorBackground' };
  }
}
