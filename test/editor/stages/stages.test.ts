import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension, notification, projectRoot, until } from '../preflightExtension';
import {
  ariaSnapshot,
  chooseFromMenu,
  click,
  describeWindow,
  press,
  screenshot,
  waitFor,
} from '../window';

/** The code lenses of a file as they are shown. */
async function lensesOf(file: string): Promise<readonly string[]> {
  const uri = vscode.Uri.file(join(projectRoot(), file));
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    100,
  );
  return lenses.map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`);
}

/** As `Tasks: Run Task` does. */
async function runTask(name: string): Promise<void> {
  const tasks = await vscode.tasks.fetchTasks({ type: 'mlPreflight' });
  const task = tasks.find((candidate) => candidate.name === name);
  assert.ok(task, `there is a task ${name}`);
  await vscode.tasks.executeTask(task);
}

describeWindow('stages in the editor', () => {
  before(async () => {
    await activeExtension();
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    await waitFor('role=treeitem[name=/^report never run/]');
  });

  it('have what one can do and their status above their definition', async () => {
    const uri = vscode.Uri.file(join(projectRoot(), 'preflight.yaml'));
    await vscode.window.showTextDocument(uri);
    await waitFor('.codelens-decoration:has-text("never run") >> nth=2');
    await screenshot('lenses.png');
    const lenses = await lensesOf('preflight.yaml');
    assert.deepEqual(lenses.slice(0, 3), [
      '2: $(play) Run',
      '2: $(debug-alt) Debug',
      '2: never run · no run of it is recorded here',
    ]);
  });

  it('run from there, and what they wrote is marked when it is out of date', async () => {
    await click('.codelens-decoration a:has-text("Run") >> nth=0');
    await notification('report succeeded');
    await waitFor('role=treeitem[name=/^report fresh/]');
    await writeFile(join(projectRoot(), 'rows.json'), '{"rows": 4}\n');
    await waitFor('role=treeitem[name=/^report stale · rows.json/]');
    await vscode.commands.executeCommand('workbench.view.explorer');
    await waitFor('.explorer-folders-view .monaco-icon-label[aria-label*="Written by report"]');
    await screenshot('decorations.png');
  });

  it('are told of where the pointer rests', async () => {
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      vscode.Uri.file(join(projectRoot(), 'preflight.yaml')),
      new vscode.Position(1, 4),
    );
    const parts = hover?.contents.map((part) => (part as vscode.MarkdownString).value) ?? [];
    // As Markdown, escaped.
    const text = parts.join('\n').replaceAll('&nbsp;', ' ').replaceAll('\\', '');
    assert.match(text, /report \(evaluate\): stale/);
    assert.match(text, /rows\.json/);
    assert.match(text, /Last run succeeded after/);
  });

  it('that fail are shown at the line of the code that failed', async () => {
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    await runTask('evaluate');
    const failed = () =>
      vscode.languages
        .getDiagnostics(vscode.Uri.file(join(projectRoot(), 'evaluate.py')))
        .map(({ range, message }) => `${range.start.line + 1}: ${message}`);
    await until('the error is shown', () => failed().length > 0);
    assert.deepEqual(failed(), ["4: KeyError: 'missing'"]);
    await waitFor("role=treeitem[name=/^evaluate failed · KeyError: 'missing'/]");
  });

  it('are stopped from the tree', async () => {
    await runTask('wait');
    await waitFor('role=treeitem[name=/^wait running · \\d+ s/]');
    const lenses = await lensesOf('preflight.yaml');
    assert.deepEqual(lenses.slice(6), ['4: $(debug-stop) Stop', '4: running']);
    await chooseFromMenu('role=treeitem[name=/^wait running/]', 'Stop Stage');
    await waitFor('role=treeitem[name=/^wait never run · cancelled/]');
  });

  it('tell what they read and write, and lead there', async () => {
    await click('role=treeitem[name=/^report stale/]');
    await press('ArrowRight');
    await click('role=treeitem[name="report.txt output"]');
    const shown = () => vscode.window.activeTextEditor?.document.uri.fsPath.endsWith('report.txt');
    await until('the output is open', () => shown() === true);
  });

  it('are drawn as a graph, from which they run', async () => {
    await vscode.commands.executeCommand('mlPreflight.pipeline.showGraph');
    await waitFor('role=heading >> nth=0', { frame: 'Pipeline' });
    await screenshot('graph.png');
    const graph = await ariaSnapshot('body', { frame: 'Pipeline' });
    for (const name of ['report', 'evaluate', 'wait']) assert.match(graph, new RegExp(name));
  });

  it('have a Doctor, who says what they run with', async () => {
    await vscode.commands.executeCommand('mlPreflight.doctor.open');
    await waitFor('text=Python environment >> nth=0', { frame: 'Doctor' });
    await screenshot('doctor.png');
    const report = await ariaSnapshot('body', { frame: 'Doctor' });
    assert.match(report, /data engine/);
    assert.match(report, /last command/);
  });

  it('are tasks, of which every one has its stages', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'mlPreflight' });
    const names = new Set(tasks.map((task) => task.name));
    for (const name of ['evaluate', 'pipeline', 'report', 'wait']) assert.ok(names.has(name), name);
  });
});
