import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { LoadedProject } from './projectStore';

/** What a project is called among others: its folder, from the workspace folder that has it. */
export function projectName({ folder, project }: LoadedProject): string {
  const path = relative(folder.uri.fsPath, project.root).replaceAll('\\', '/');
  if (path === '') return folder.name;
  const isOneOfSeveral = (vscode.workspace.workspaceFolders ?? []).length > 1;
  return isOneOfSeveral ? `${folder.name}/${path}` : path;
}

/** What a project is called, where it is one of several; undefined where it is the only one. */
export function nameAmongSeveral(
  loaded: LoadedProject,
  projects: readonly LoadedProject[],
): string | undefined {
  return projects.filter(hasContent).length > 1 ? projectName(loaded) : undefined;
}

/** Whether there is anything to show of it; a workspace has folders with other things in them too. */
export function hasContent({ project, configProblems }: LoadedProject): boolean {
  const { stages, datasets, models, metrics, problems } = project;
  return [stages, datasets, models, metrics, problems, configProblems].some(
    (list) => list.length > 0,
  );
}
