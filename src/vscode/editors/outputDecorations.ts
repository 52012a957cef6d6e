import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { StageState } from '../../pipeline/status/stageStatus';
import type { ProjectStore } from '../projectStore';
import type { StageStates } from '../stageStates';
import { statusWord } from '../stageWords';

/** Marks, in the Explorer, the files that a stage would write anew. */
export class OutputDecorations implements vscode.FileDecorationProvider, Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri[]>();
  private decorations = new Map<string, vscode.FileDecoration>();
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(
    private readonly store: ProjectStore,
    private readonly states: StageStates,
  ) {}

  /** Decorates what the status says now, and tells of what is different. */
  show(): void {
    const before = this.decorations;
    this.decorations = this.read();
    const paths = new Set([...before.keys(), ...this.decorations.keys()]);
    const different = [...paths].filter(
      (path) => before.get(path)?.tooltip !== this.decorations.get(path)?.tooltip,
    );
    if (different.length > 0) this.changed.fire(different.map((path) => vscode.Uri.file(path)));
  }

  private read(): Map<string, vscode.FileDecoration> {
    const decorations = new Map<string, vscode.FileDecoration>();
    for (const loaded of this.store.projects) {
      for (const stage of loaded.project.stages) {
        const status = this.states.of(loaded, stage.id)?.status;
        if (status === undefined || !isOutOfDate(status.status)) continue;
        const why = status.reasons[0] === undefined ? '' : `: ${status.reasons[0]}`;
        const tooltip = `Written by ${stage.name}, which is ${statusWord(status.status)}${why}`;
        for (const output of [...stage.outputs, ...stage.metrics]) {
          decorations.set(join(loaded.project.root, output), staleDecoration(tooltip));
        }
      }
    }
    return decorations;
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    return uri.scheme === 'file' ? this.decorations.get(uri.fsPath) : undefined;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Outputs of a stage that never ran are not there, or are not its own. */
function isOutOfDate(status: StageState): boolean {
  return status === 'stale' || status === 'blocked' || status === 'failed';
}

function staleDecoration(tooltip: string): vscode.FileDecoration {
  return new vscode.FileDecoration('!', tooltip, new vscode.ThemeColor('list.warningForeground'));
}
