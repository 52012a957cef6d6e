import * as vscode from 'vscode';
import { formatProblem } from '../../base/problem';
import type { Stage } from '../../project/project';
import type { LoadedProject } from '../projectStore';
import { textOf } from './parameterText';

/** Shows what has changed in a stage's parameters since the baseline, each a way to its file. */
export async function showParameterChanges(loaded: LoadedProject, stage: Stage): Promise<void> {
  const { repository, project, config } = loaded;
  const { readParametersSinceBaseline } = await import('../onDemand');
  const read =
    repository === undefined
      ? undefined
      : await readParametersSinceBaseline(project, repository, config.gate?.baseline);
  if (read !== undefined && !read.ok) {
    await vscode.window.showErrorMessage(`ML Preflight: ${formatProblem(read.problem)}`);
    return;
  }
  const since = read?.value;
  const changes = since?.changes.get(stage.id) ?? [];
  if (since === undefined || changes.length === 0) {
    const version = since === undefined ? 'a commit' : since.baseline;
    await vscode.window.showInformationMessage(
      `ML Preflight: the parameters of ${stage.name} are those of ${version}.`,
    );
    return;
  }
  const items = changes.map(({ file, key, before, after }) => ({
    label: key,
    description: `${textOf(before) || 'absent'} → ${textOf(after) || 'absent'}`,
    detail: file,
  }));
  const title = `Parameters of ${stage.name} since ${since.baseline}`;
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Choose one to open its file',
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const uri = vscode.Uri.joinPath(vscode.Uri.file(project.root), chosen.detail);
  await vscode.commands.executeCommand('vscode.open', uri);
}
