import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension, notification } from '../preflightExtension';
import { click, count, describeWindow, screenshot, waitFor } from '../window';

describeWindow('Restricted Mode', () => {
  it('shows what is detected, and runs nothing', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await activeExtension();
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    await waitFor('role=treeitem[name=/^train (stale|blocked)/]');
    await waitFor('text=off until this workspace is trusted');
    assert.equal(await count('.statusbar-item:has-text("Preflight:")'), 0);
    await screenshot('restricted.png');
  });

  it('says so where a view asks for a run, and waits for nothing', async () => {
    await vscode.commands.executeCommand('mlPreflight.pipeline.showGraph');
    await click('role=button[name="Run Pipeline"]', { frame: 'Pipeline' });
    await notification('running stages is off until this workspace is trusted');
    assert.equal(await count('.notification-list-item:has-text("running pipeline")'), 0);
    await screenshot('restrictedRun.png');
  });
});
