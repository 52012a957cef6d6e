import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import type { LoadedProject } from '../projectStore';
import { isPipelineNode, projectOf } from './commandTarget';
import type { HandlerParts } from './handlerParts';
import { showProblem } from './showProblem';

/**
 * Takes over another tool's schema into that of a dataset, opens it, and tells what was not translated.
 * @param target a dataset of the Pipeline tree, or the file to import; else both are asked for
 */
export async function importSchema({ store }: HandlerParts, target: unknown): Promise<void> {
  const loaded = await projectOf(target, store);
  if (loaded === undefined) return;
  const file = target instanceof vscode.Uri ? target : await pickFile(loaded);
  if (file === undefined) return;
  const { chooseDataset, loadImportedSchema, writeImportedSchema } = await import('../onDemand');
  const { root, datasets } = loaded.project;
  const within = relative(root, file.fsPath).replaceAll('\\', '/');
  const imported = await loadImportedSchema(
    file.fsPath,
    within.startsWith('..') ? file.fsPath : within,
  );
  if (!imported.ok) return showProblem(imported.problem);
  const names = datasets.map(({ name }) => name);
  const meant =
    isPipelineNode(target) && target.kind === 'dataset' ? target.dataset.name : undefined;
  const chosen = chooseDataset(names, meant, imported.value.name);
  // Only where it is not clear does the user have to say which.
  const dataset = chosen.ok ? chosen.value : await pickDataset(loaded, imported.value.tool);
  if (dataset === undefined)
    return names.length === 0 && !chosen.ok ? showProblem(chosen.problem) : undefined;
  const written = await writeImportedSchema(root, dataset, imported.value);
  if (!written.ok) return showProblem(written.problem);
  const { schema, tool, untranslated } = written.value;
  await vscode.window.showTextDocument(vscode.Uri.file(join(root, schema)));
  void tellUntranslated(tool, written.value.written, untranslated);
}

async function pickFile({ project }: LoadedProject): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Import Data Schema',
      openLabel: 'Import',
      defaultUri: vscode.Uri.file(project.root),
      filters: {
        'Schemas of Great Expectations, pandera, TFDV, and JSON Schema': [
          'json',
          'yaml',
          'yml',
          'pbtxt',
        ],
        'All files': ['*'],
      },
    })) ?? [];
  return file;
}

async function pickDataset({ project }: LoadedProject, tool: string): Promise<string | undefined> {
  if (project.datasets.length === 0) return undefined;
  const picked = await vscode.window.showQuickPick(
    project.datasets.map(({ name, path }) => ({ label: name, description: path })),
    { placeHolder: `Which dataset is the schema of ${tool} for?` },
  );
  return picked?.label;
}

async function tellUntranslated(
  tool: string,
  isWritten: boolean,
  untranslated: readonly { readonly what: string; readonly why: string }[],
): Promise<void> {
  const done = isWritten
    ? `took over the schema of ${tool}`
    : `the schema already demands what ${tool} does`;
  if (untranslated.length === 0) {
    await vscode.window.showInformationMessage(`ML Preflight: ${done}.`);
    return;
  }
  const count = formatCount(untranslated.length, 'demand');
  const choice = await vscode.window.showWarningMessage(
    `ML Preflight: ${done}; ${count} could not be translated.`,
    'Show',
  );
  if (choice !== 'Show') return;
  const lines = untranslated.map(({ what, why }) => `${what}: ${why}.`);
  const content = [`Not translated from the schema of ${tool}:`, '', ...lines, ''].join('\n');
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
}
