import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { schemaPath } from '../../../src/data/baseline/datasetFiles';
import { activeExtension, notification, projectRoot, until } from '../preflightExtension';
import { click, describeWindow } from '../window';

describeWindow('the schema of another tool', () => {
  it('is taken over and opened, and what was not translated can be read', async () => {
    await activeExtension();
    const dataset = 'admissions';
    const file = join(projectRoot(), 'suite.json');
    const suite = {
      name: dataset,
      expectations: [
        { type: 'expect_column_values_to_be_between', kwargs: { column: 'gre', min_value: 200 } },
        { type: 'expect_column_mean_to_be_between', kwargs: { column: 'gre', min_value: 1 } },
      ],
    };
    await writeFile(file, JSON.stringify(suite));
    await vscode.commands.executeCommand('mlPreflight.data.importSchema', vscode.Uri.file(file));
    const schema = join(projectRoot(), schemaPath(dataset));
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, schema);
    assert.match(await readFile(schema, 'utf8'), /gre: \{ min: 200 \}/);
    const told = await notification('1 demand could not be translated');
    await click(`${told} >> role=button[name="Show"]`);
    // The editor draws spaces that no selector finds.
    await until('what was not translated is shown', () =>
      vscode.window.visibleTextEditors.some(({ document }) =>
        document.getText().includes('expect_column_mean_to_be_between of "gre": distributions'),
      ),
    );
  });
});
