import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension, notification, projectRoot, until } from '../preflightExtension';
import {
  ariaSnapshot,
  chooseFromMenu,
  click,
  describeWindow,
  press,
  runCommand,
  screenshot,
  type,
  waitFor,
} from '../window';

/** The part of the Git extension that a click on Commit ends in. */
interface GitExports {
  getAPI(version: 1): {
    readonly repositories: readonly { commit(message: string): Promise<void> }[];
  };
}

/** The pipeline takes 6 s of a machine that has nothing else to do. */
const PIPELINE_MS = 180_000;

/** What a newcomer does on the DVC sample, in that order, with mouse and keyboard. */
describeWindow('the main job in the editor', function () {
  const edit = async (path: string, change: (text: string) => string): Promise<void> => {
    const file = join(projectRoot(), path);
    await writeFile(file, change(await readFile(file, 'utf8')));
  };

  it('shows the pipeline and the model versions in the sidebar', async () => {
    await activeExtension();
    await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
    for (const stage of ['prepare', 'train', 'evaluate']) {
      await waitFor(`role=treeitem[name=/^${stage} (stale|blocked|never run)/]`);
    }
    await waitFor('role=treeitem[name=/^tumours data.tumours.csv/]');
    await waitFor('role=treeitem[name=/^tumours .*version/]');
    await screenshot('sidebar.png');
  });

  it('runs the pipeline in a terminal from the command palette', async () => {
    await runCommand('ML Preflight: Run Pipeline');
    await notification('pipeline succeeded', PIPELINE_MS - 10_000);
    await waitFor('role=treeitem[name=/^train\\s+fresh/]');
    const terminal = vscode.window.terminals.find((candidate) =>
      candidate.name.includes('pipeline'),
    );
    assert.ok(terminal, 'the terminal stays for the user to read');
    await screenshot('run.png');
  }).timeout(PIPELINE_MS);

  it('validates the data in the Data Report', async () => {
    await runCommand('ML Preflight: Validate Data');
    await waitFor('role=gridcell[name="mean_texture"]', { frame: 'Data Report' });
    const report = await ariaSnapshot('body', { frame: 'Data Report' });
    assert.match(report, /mean_radius/);
    await screenshot('dataReport.png');
  });

  it('writes schemas and baselines from the tree', async () => {
    await vscode.commands.executeCommand('mlPreflight.data.writeBaseline');
    await until('the schema exists', async () =>
      readFile(join(projectRoot(), '.preflight/schemas/tumours.yaml'), 'utf8').then(
        (text) => text.includes('diagnosis'),
        () => false,
      ),
    );
  });

  it('accepts a finding from the Data Report, and says so in the schema', async () => {
    const original = await readFile(join(projectRoot(), 'data/tumours.csv'), 'utf8');
    await edit('data/tumours.csv', (text) => text.replaceAll(',uneven,', ',bumpy,'));
    const file = vscode.Uri.file(join(projectRoot(), 'data/tumours.csv'));
    // As from the explorer's context menu.
    await vscode.commands.executeCommand('mlPreflight.data.validate', file);
    await click('role=button[name=/^Accept: Add "bumpy"/]', { frame: 'Data Report' });
    const schema = join(projectRoot(), '.preflight/schemas/tumours.yaml');
    await until('the schema has it', async () =>
      (await readFile(schema, 'utf8')).includes('bumpy'),
    );
    await edit('data/tumours.csv', () => original);
  });

  it('checks a Parquet file by its footer, and says that no value was read', async () => {
    const { extensionPath } =
      vscode.extensions.getExtension('ml-preflight.ml-preflight') ?? assert.fail('not installed');
    const file = join(projectRoot(), 'data/people.parquet');
    await copyFile(join(extensionPath, 'test/unit/data/files/people.parquet'), file);
    // As from the explorer's context menu.
    await vscode.commands.executeCommand('mlPreflight.data.quickCheck', vscode.Uri.file(file));
    await waitFor('role=heading[name=/its footer shows nothing wrong, and no value was read/]', {
      frame: 'Data Report',
    });
    await rm(file);
  });

  it('shows a finding at its line of the schema, where a quick fix accepts it', async () => {
    const original = await readFile(join(projectRoot(), 'data/tumours.csv'), 'utf8');
    await edit('data/tumours.csv', (text) => text.replaceAll(',uneven,', ',lumpy,'));
    await vscode.commands.executeCommand('mlPreflight.data.validate', 'tumours');
    const file = join(projectRoot(), '.preflight/schemas/tumours.yaml');
    const schema = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(schema);
    const found = vscode.languages
      .getDiagnostics(schema.uri)
      .find(
        ({ code, message }) => ruleOf(code) === 'category-unknown' && message.includes('lumpy'),
      );
    assert.ok(found !== undefined);
    assert.match(schema.lineAt(found.range.start.line).text, /values:/);
    await screenshot('findingInSchema.png');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      schema.uri,
      found.range,
    );
    const accept = actions.find(({ title }) => title.startsWith('Add "lumpy"'));
    assert.ok(accept?.command !== undefined);
    const { command, arguments: words = [] } = accept.command;
    await vscode.commands.executeCommand(command, ...words);
    await until('the schema has it', async () => (await readFile(file, 'utf8')).includes('lumpy'));
    assert.equal(
      vscode.languages
        .getDiagnostics(schema.uri)
        .filter(({ code }) => ruleOf(code) === 'category-unknown').length,
      0,
    );
    await edit('data/tumours.csv', () => original);
  });

  it('shows the rows of a finding, and marks them in the Problems panel and in the file', async () => {
    const original = await readFile(join(projectRoot(), 'data/tumours.csv'), 'utf8');
    const lines = original.split('\n');
    const line = lines.findIndex((each) => each.includes(',uneven,')) + 1;
    await edit('data/tumours.csv', () =>
      lines
        .map((each, index) => (index + 1 === line ? each.replace(',uneven,', ',gritty,') : each))
        .join('\n'),
    );
    await vscode.commands.executeCommand('mlPreflight.data.validate', 'tumours');
    await click(`li:has-text("gritty") >> role=button[name="Show Rows"]`, { frame: 'Data Report' });
    await waitFor(`li:has-text("gritty") >> role=button[name="${line}"]`, { frame: 'Data Report' });
    await screenshot('dataReportRows.png');
    await click('li:has-text("gritty") >> role=button[name="category-unknown"]', {
      frame: 'Data Report',
    });
    await waitFor('role=heading[name="category-unknown"]', {
      frame: 'Preview category-unknown.md',
    });
    await screenshot('ruleExplained.png');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const file = vscode.Uri.file(join(projectRoot(), 'data/tumours.csv'));
    await until('the line is marked', async () =>
      vscode.languages
        .getDiagnostics(file)
        .some(
          ({ code, range }) => ruleOf(code) === 'category-unknown' && range.start.line === line - 1,
        ),
    );
    await click(`li:has-text("gritty") >> role=button[name="${line}"]`, { frame: 'Data Report' });
    await until('the file is open at the line', async () => {
      const editor = vscode.window.activeTextEditor;
      return (
        editor?.document.uri.fsPath === file.fsPath && editor.selection.active.line === line - 1
      );
    });
    await screenshot('rowInFile.png');
    const compared = vscode.commands.executeCommand('mlPreflight.data.compareRows', 'tumours');
    await click('.quick-input-list .monaco-list-row:has-text("HEAD (")');
    await compared;
    await waitFor('text=/uneven\\s+→\\s+gritty/', { frame: 'Data Report' });
    await screenshot('dataReportDiff.png');
    await edit('data/tumours.csv', () => original);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('compares data with a version that is chosen', async () => {
    const compared = vscode.commands.executeCommand('mlPreflight.data.compareWith', 'tumours');
    await waitFor('.quick-input-list .monaco-list-row:has-text("HEAD (")');
    await screenshot('dataReferences.png');
    await type('HEAD (');
    await press('Enter');
    await compared;
    await waitFor('text=/reference\\s+HEAD/', { frame: 'Data Report' });
    await screenshot('dataComparedWithHead.png');
    await vscode.commands.executeCommand('mlPreflight.data.validate', 'tumours');
  });

  it('compares with a version of the sidebar', async () => {
    await chooseFromMenu('role=treeitem[name=/^[0-9a-f]{7} /] >> nth=0', 'Compare with…');
    await waitFor('role=gridcell[name="recall"]', { frame: 'Model Comparison' });
  });

  it('compares a worse model with the last commit', async () => {
    await edit('params.yaml', (text) =>
      text.replace('n_estimators: 60', 'n_estimators: 2').replace('max_depth: 5', 'max_depth: 1'),
    );
    await waitFor('role=treeitem[name=/^train\\s+stale/]');
    await vscode.commands.executeCommand('mlPreflight.pipeline.run');
    await runCommand('ML Preflight: Compare Models');
    await waitFor('role=gridcell[name="recall"]', { frame: 'Model Comparison' });
    await until('recall is worse', async () =>
      /recall.*worse/s.test(await ariaSnapshot('body', { frame: 'Model Comparison' })),
    );
    await screenshot('modelComparison.png');
  }).timeout(PIPELINE_MS);

  it('judges what is staged in the status bar', async () => {
    await vscode.commands.executeCommand('mlPreflight.hook.install');
    await git('add', '-A');
    await waitFor('.statusbar-item:has-text("Preflight: fail")');
  });

  it('refuses the commit with a reason and leads to the report', async () => {
    const refused = await git('commit', '-m', 'A worse model').then(
      () => undefined,
      (error: { stderr: string }) => error.stderr,
    );
    assert.match(refused ?? '', /^ML Preflight FAILED: /);
    const refusal = await notification('ML Preflight FAILED');
    await screenshot('refused.png');
    await click(`${refusal} .monaco-button:has-text("Open Report")`);
    await waitFor('text=/recall.*worse/', { frame: 'Gate Report' });
    const report = await ariaSnapshot('body', { frame: 'Gate Report' });
    assert.match(report, /FAILED/);
    await screenshot('gateReport.png');
  });

  it('refuses the commit of the Source Control view too', async () => {
    const extension = vscode.extensions.getExtension<GitExports>('vscode.git');
    const [repository] = extension?.exports.getAPI(1).repositories ?? [];
    const head = await git('rev-parse', 'HEAD');
    await assert.rejects(async () => repository?.commit('A worse model'), /ML Preflight FAILED/);
    assert.equal(await git('rev-parse', 'HEAD'), head);
  });

  function git(...words: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile('git', words, { cwd: projectRoot() }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(Object.assign(error, { stderr }));
      });
    });
  }
});

/** The page that a finding leads to is part of its code. */
function ruleOf(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}
