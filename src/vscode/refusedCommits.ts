import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { readLastGate, LAST_GATE_FILE, type LastGate } from '../gate/lastGate';
import type { LoadedProject } from './projectStore';

/**
 * Raises our own notification when the hook has refused a commit, wherever it was typed: the editor's own
 * message shows one line of a hook's output and no way to the report.
 */
export class RefusedCommits implements Disposable {
  private watchers = new DisposableStore();
  /** The time of the newest verdict that has been seen, per state folder. */
  private readonly seen = new Map<string, number>();

  constructor(private readonly onOpenReport: (gate: LastGate) => Promise<void>) {}

  async watch(projects: readonly LoadedProject[]): Promise<void> {
    this.watchers.dispose();
    this.watchers = new DisposableStore();
    for (const loaded of projects) {
      const last = await readLastGate(loaded.stateFolder);
      this.seen.set(loaded.stateFolder, last?.time ?? 0);
      // A watcher on a folder that is missing would poll for it.
      await vscode.workspace.fs.createDirectory(vscode.Uri.file(loaded.stateFolder));
      const pattern = new vscode.RelativePattern(
        vscode.Uri.file(loaded.stateFolder),
        LAST_GATE_FILE,
      );
      const watcher = this.watchers.add(vscode.workspace.createFileSystemWatcher(pattern));
      const announce = (): void => void this.announce(loaded);
      this.watchers.add(watcher.onDidChange(announce));
      this.watchers.add(watcher.onDidCreate(announce));
    }
  }

  private async announce(loaded: LoadedProject): Promise<void> {
    const gate = await readLastGate(loaded.stateFolder);
    const seen = this.seen.get(loaded.stateFolder) ?? 0;
    if (gate === undefined || gate.time <= seen) return;
    this.seen.set(loaded.stateFolder, gate.time);
    if (!gate.hook || !(gate.blocks || gate.unjudged)) return;
    const choice = await vscode.window.showErrorMessage(gate.headline, 'Open Report');
    if (choice === 'Open Report') await this.onOpenReport(gate);
  }

  dispose(): void {
    this.watchers.dispose();
  }
}
