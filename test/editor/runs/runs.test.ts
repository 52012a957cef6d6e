import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { access, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension, notification, projectRoot, until } from '../preflightExtension';
import { click, describeWindow, press, runCommand, waitFor } from '../window';

describeWindow('runs', () => {
  const runStage = async (name: string): Promise<void> => {
    await runCommand('ML Preflight: Run Stage');
    await click(`.quick-input-list .monaco-list-row:has-text("${name}")`);
  };

  before(async () => {
    await activeExtension();
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    await waitFor('role=treeitem[name=/^slow never run/]');
  });

  it('runs a stage that is picked, in the right folder', async () => {
    await runStage('quick');
    await notification('quick succeeded');
    const where = await readFile(join(projectRoot(), 'where.txt'), 'utf8');
    assert.equal(where.trim(), await realpath(projectRoot()));
    await waitFor('role=treeitem[name=/^quick fresh/]');
  });

  it('says which command was not found', async () => {
    await runStage('broken');
    await notification('broken failed with exit code 127');
    await waitFor('role=treeitem[name=/^broken failed/]');
  });

  it('is cancelled from its notification, with everything that it started', async () => {
    await runStage('slow');
    await until('the stage has begun', () =>
      access(join(projectRoot(), 'begun.txt')).then(
        () => true,
        () => false,
      ),
    );
    await waitFor('role=treeitem[name=/^slow running/]');
    await runStage('slow');
    await notification('slow is running already');
    const running = await notification('running slow');
    await click(`${running} .monaco-button:has-text("Cancel")`);
    await waitFor('role=treeitem[name=/^slow never run · cancelled/]');
    await until('nothing is left of it', () => !isRunning('sleep 300'));
  });

  it('is interrupted in its terminal', async () => {
    await runStage('slow');
    await waitFor('role=treeitem[name=/^slow running/]');
    await click('.terminal-wrapper.active .xterm-screen');
    await press('Control+C');
    await notification('slow was cancelled');
    await until('nothing is left of it', () => !isRunning('sleep 300'));
  });
});

function isRunning(command: string): boolean {
  return execFileSync('ps', ['-eo', 'args']).toString().split('\n').includes(command);
}
