import * as vscode from 'vscode';
import { formatProblem } from '../../base/problem';
import type { Stage } from '../../project/project';
import type { LoadedProject } from '../projectStore';
import { openChange } from './openParameterChange';
import { textOf } from './parameterText';

/** Shows what has changed in a stage's parameters since the baseline, each a way to its line. */
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
  const items = changes.map((change) => ({
    label: change.key,
    description: `${textOf(change.before) || 'absent'} → ${textOf(change.after) || 'absent'}`,
    detail: change.file,
    change,
  }));
  const title = `Parameters of ${stage.name} since ${since.baseline}`;
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Choose one to see it in its file',
    matchOnDetail: true,
  });
  if (chosen !== undefined) await openChange(project.root, chosen.change, since);
}
