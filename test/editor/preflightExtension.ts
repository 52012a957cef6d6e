import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from './window';
import type { PreflightApi } from '../../src/vscode/extension';

/** The running extension; waits for its activation. */
export async function activeExtension(): Promise<PreflightApi> {
  const extension = vscode.extensions.getExtension<PreflightApi>('ml-preflight.ml-preflight');
  assert.ok(extension, 'the extension is installed');
  return extension.isActive ? extension.exports : extension.activate();
}

/** Absolute path of the folder that the window has open. */
export function projectRoot(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

/**
 * Waits for a notification in the notification centre and returns its selector: a VS Code that tests drive shows
 * no toasts.
 */
export async function notification(text: string, timeout = 20_000): Promise<string> {
  const selector = `.notifications-center .notification-list-item:has-text("${text}")`;
  const deadline = Date.now() + timeout;
  for (;;) {
    // The centre closes by itself when its last notification goes, also when the next one is about to come.
    await vscode.commands.executeCommand('notifications.showList');
    try {
      await waitFor(selector, { timeout: 1000 });
      return selector;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Waits until a condition holds; fails with its last word otherwise. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  seconds = 45,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}
