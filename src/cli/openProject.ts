import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import type { Config } from '../config/config';
import { loadConfig } from '../config/loadConfig';
import { findRepository, type Repository } from '../git/repository';
import { findStateFolder } from '../git/stateFolder';
import { detectProject } from '../project/detectProject';
import type { Project } from '../project/project';
import { openWorktreeFiles } from '../project/files/worktreeFiles';

/** What most commands start from: the project in a folder, where its state is kept, its repository if any. */
export interface OpenedProject {
  readonly project: Project;
  readonly config: Config;
  readonly repository: Repository | undefined;
  readonly stateFolder: string;
}

/** Problems `folder-missing`, and every mistake of preflight.yaml: a gate with half its policy would judge wrongly. */
export async function openProject(
  folder: string,
  signal: AbortSignal,
): Promise<Result<OpenedProject, readonly Problem[]>> {
  const root = resolve(folder);
  if (!(await stat(root).catch(() => undefined))?.isDirectory()) {
    return failed([{ code: 'folder-missing', message: `There is no folder ${root}.` }]);
  }
  const config = await loadConfig(root);
  if (!config.ok) return config;
  const files = await openWorktreeFiles(root, { signal });
  if (!files.ok) return failed([files.problem]);
  const [project, repository, stateFolder] = await Promise.all([
    detectProject(files.value, { signal }),
    findRepository(root),
    findStateFolder(root),
  ]);
  return ok({
    project,
    config: config.value,
    repository: repository.ok ? repository.value : undefined,
    stateFolder,
  });
}
