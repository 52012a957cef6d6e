import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { describeWindow, screenshot, waitFor } from '../window';

describeWindow('an empty folder', () => {
  it('does not activate the extension by itself', () => {
    assert.equal(vscode.extensions.getExtension('ml-preflight.ml-preflight')?.isActive, false);
  });

  it('says what would be here and offers the way', async () => {
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    await waitFor('text=No stages or data were found');
    await waitFor('text=no git repository');
    await screenshot('empty.png');
  });
});
