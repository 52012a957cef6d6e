import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension, projectRoot, until } from '../preflightExtension';
import { click, describeWindow, screenshot, waitFor } from '../window';

const REPORT = { frame: 'Data Report' };

describeWindow('the data of several projects in one folder', () => {
  const fileOf = (project: string, path: string) =>
    vscode.Uri.file(join(projectRoot(), project, path));
  const validate = (project: string) =>
    vscode.commands.executeCommand('mlPreflight.data.validate', fileOf(project, 'data/table.csv'));
  const marked = (project: string, path: string) =>
    vscode.languages.getDiagnostics(fileOf(project, path)).map(({ range }) => range.start.line);

  before(async () => {
    await activeExtension();
  });

  it('are those of the file in the explorer, whatever else is open', async () => {
    await vscode.window.showTextDocument(fileOf('north', 'preflight.yaml'));
    await validate('south');
    await waitFor('text=/outside its domain: "s"/ >> nth=0', REPORT);
  });

  it('keep their marks when another project is validated', async () => {
    await until('the row of south is marked', () => marked('south', 'data/table.csv').includes(2));
    await validate('north');
    await waitFor('text=/outside its domain: "n"/ >> nth=0', REPORT);
    await until('the row of north is marked', () => marked('north', 'data/table.csv').includes(3));
    assert.deepEqual(marked('south', 'data/table.csv'), [2]);
    assert.equal(marked('south', '.preflight/schemas/table.yaml').length, 1);
    assert.equal(marked('north', '.preflight/schemas/table.yaml').length, 1);
    await screenshot('severalData.png');
  });

  it('are accepted in the project that the report shows', async () => {
    await vscode.window.showTextDocument(fileOf('south', 'preflight.yaml'));
    await vscode.commands.executeCommand('workbench.action.openPreviousRecentlyUsedEditor');
    await click('role=button[name=/^Accept: Add "n"/]', REPORT);
    const schema = (project: string) =>
      readFile(fileOf(project, '.preflight/schemas/table.yaml').fsPath, 'utf8');
    await until('the schema of north has it', async () =>
      /values: \[ ?a, b, n ?\]/.test(await schema('north')),
    );
    assert.doesNotMatch(await schema('south'), /n ?\]/);
    await until('nothing is left in north', () => marked('north', 'data/table.csv').length === 0);
    assert.deepEqual(marked('south', 'data/table.csv'), [2]);
  });

  it('are accepted by the quick fix of a row, in the project of the file', async () => {
    const file = fileOf('south', 'data/table.csv');
    const document = await vscode.workspace.openTextDocument(file);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      file,
      document.lineAt(2).range,
    );
    const accept = actions.find(({ title }) => title.startsWith('Add "s"'));
    assert.ok(accept?.command !== undefined);
    const { command, arguments: words = [] } = accept.command;
    await vscode.commands.executeCommand(command, ...words);
    const schema = fileOf('south', '.preflight/schemas/table.yaml').fsPath;
    assert.match(await readFile(schema, 'utf8'), /values: \[ ?a, b, s ?\]/);
  });
});
