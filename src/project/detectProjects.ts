import { ok, type Result } from '../base/result';
import { detectProject, type DetectOptions } from './detectProject';
import { filesWithin } from './files/filesWithin';
import { findProjectRoots } from './findProjectRoots';
import type { Project } from './project';
import { openWorktreeFiles } from './files/worktreeFiles';

/**
 * Every project in a folder of the work tree: the folder itself and those below it that are projects of their own.
 * Problem `folder-missing`. Throws the signal's reason when aborted.
 */
export async function detectProjects(
  folder: string,
  options: DetectOptions = {},
): Promise<Result<readonly Project[]>> {
  const files = await openWorktreeFiles(folder, options);
  if (!files.ok) return files;
  const roots = await findProjectRoots(files.value);
  const projects: Project[] = [];
  for (const root of roots) {
    projects.push(await detectProject(filesWithin(files.value, root, roots), options));
  }
  // A first answer reads a part of the files only: what it leaves out is not gone.
  if (options.declaredOnly !== true) options.cache?.endDetection();
  return ok(projects);
}
