import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension, notification } from '../preflightExtension';
import { ariaSnapshot, describeWindow, screenshot, waitFor } from '../window';

describeWindow('a project of plain scripts', () => {
  it('finds its stages by reading them', async () => {
    await activeExtension();
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    await waitFor('role=treeitem[name=/^train never run/]');
    const tree = await ariaSnapshot('.pane:has([aria-label="Pipeline Section"])');
    for (const script of ['check_rows', 'load_warehouse', 'train', 'evaluate', 'deploy']) {
      assert.match(tree, new RegExp(`treeitem "${script}`));
    }
    await screenshot('admissions.png');
  });

  it('runs them in dependency order and records it', async () => {
    await vscode.commands.executeCommand('mlPreflight.pipeline.run');
    await notification('pipeline succeeded', 50_000);
    await waitFor('role=treeitem[name=/^train fresh/]');
  });
});
