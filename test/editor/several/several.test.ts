import assert from 'node:assert/strict';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension, notification, projectRoot } from '../preflightExtension';
import {
  ariaSnapshot,
  chooseFromMenu,
  click,
  count,
  describeWindow,
  runCommand,
  screenshot,
  waitFor,
} from '../window';

const ROW = 'role=treeitem';

describeWindow('several projects in one folder', () => {
  before(async () => {
    await activeExtension();
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    await waitFor(`${ROW}[name=/^note never run/] >> nth=1`);
  });

  it('are told apart in the tree by their folders', async () => {
    await screenshot('several.png');
    const tree = await ariaSnapshot('.pane:has([aria-label="Pipeline Section"])');
    assert.match(tree, /treeitem "north[",]/);
    assert.match(tree, /treeitem "south[",]/);
  });

  it('run from the menu of their stages, each in its own folder', async () => {
    await chooseFromMenu(`${ROW}[name=/^note never run/] >> nth=1`, 'Run Stage');
    await notification('note succeeded');
    const where = await readFile(join(projectRoot(), 'south', 'note.txt'), 'utf8');
    assert.equal(where.trim(), await realpath(join(projectRoot(), 'south')));
    await waitFor(`${ROW}[name=/^note fresh/]`);
    assert.equal(await count(`${ROW}[name=/^note fresh/]`), 1);
  });

  it('stop their own stage, not that of the other one with its name', async () => {
    for (const nth of [0, 0]) {
      await chooseFromMenu(`${ROW}[name=/^wait never run/] >> nth=${nth}`, 'Run Stage');
      await waitFor(`${ROW}[name=/^wait running/]`);
    }
    await waitFor(`${ROW}[name=/^wait running/] >> nth=1`);
    await chooseFromMenu(`${ROW}[name=/^wait running/] >> nth=1`, 'Stop Stage');
    await waitFor(`${ROW}[name=/^wait never run · cancelled/]`);
    assert.equal(await count(`${ROW}[name=/^wait running/]`), 1);
    // Of what runs, only one is left to be meant.
    await runCommand('ML Preflight: Stop Stage');
    await click('.quick-input-list .monaco-list-row:has-text("north")');
    await waitFor(`${ROW}[name=/^wait never run · cancelled/] >> nth=1`);
  }).timeout(180_000);
});
