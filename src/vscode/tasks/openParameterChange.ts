import * as vscode from 'vscode';
import type { ParameterChange } from '../../pipeline/parameters/parameterChanges';
import type { ParametersSinceBaseline } from '../../pipeline/parameters/parametersSinceBaseline';
import { openGitExtension } from '../gitExtension';

/**
 * Opens the file of a changed parameter at its line: beside the file of the baseline where there is one, so that the
 * new value can be seen against the old one and be edited.
 */
export async function openChange(
  root: string,
  { file, key }: ParameterChange,
  { baseline, commit }: ParametersSinceBaseline,
): Promise<void> {
  const now = vscode.Uri.joinPath(vscode.Uri.file(root), file);
  const before = await baselineOf(now, commit);
  const after = await textAt(now);
  // Only in the baseline: the file has been deleted since.
  const shown = after === undefined && before !== undefined ? before : { uri: now, text: after };
  const options = { selection: await rangeOf(shown.text ?? '', file, key) };
  if (before === undefined || after === undefined) {
    await vscode.commands.executeCommand('vscode.open', shown.uri, options);
    return;
  }
  const title = `${file} (${baseline} ↔ Working Tree)`;
  await vscode.commands.executeCommand('vscode.diff', before.uri, now, title, options);
}

/** The file in the baseline; undefined where it was not there yet, or git is disabled in this window. */
async function baselineOf(file: vscode.Uri, commit: string) {
  const git = await openGitExtension();
  if (git === undefined || git.getRepository(file) === null) return undefined;
  const uri = git.toGitUri(file, commit);
  // Git shows an empty text for a file that it does not have.
  const text = await textAt(uri);
  return text === undefined || text === '' ? undefined : { uri, text };
}

async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

async function rangeOf(text: string, file: string, key: string): Promise<vscode.Range> {
  const { lineOfParameter } = await import('../onDemand');
  const line = (lineOfParameter(text, file, key) ?? 1) - 1;
  return new vscode.Range(line, 0, line, 0);
}
