import type { ObjectReader } from '../git/objectReader';
import { prefixInRepository, type Repository } from '../git/repository';
import type { StagedChange } from '../git/stagedChanges';
import type { TreeEntry } from '../git/treeEntries';
import { detectProject } from '../project/detectProject';
import { filesWithin } from '../project/files/filesWithin';
import { findProjectRoots } from '../project/findProjectRoots';
import { openGitFiles } from '../project/files/gitFiles';
import type { Project } from '../project/project';
import type { ProjectFiles } from '../project/files/projectFiles';

/** A project as the index has it, with what is staged in it. */
export interface StagedProject {
  readonly project: Project;
  readonly files: ProjectFiles;
  /** The way from the checked folder to the project; empty for the folder itself. */
  readonly prefix: string;
  /** Paths from the project's root. */
  readonly changes: readonly StagedChange[];
}

export interface StagedInput {
  /** The folder that is checked, absolute. */
  readonly folder: string;
  readonly repository: Repository;
  readonly reader: ObjectReader;
  readonly entries: readonly TreeEntry[];
  /** Paths from the repository's root. */
  readonly changes: readonly StagedChange[];
  readonly signal?: AbortSignal;
}

/** The projects of a folder in which anything is staged. A change belongs to the innermost project around it. */
export async function detectStagedProjects(input: StagedInput): Promise<readonly StagedProject[]> {
  const { folder, repository, reader, entries, signal } = input;
  const way = await prefixInRepository(repository, folder);
  const files = openGitFiles(reader, entries, folder, way);
  const changes = relativeTo(input.changes, way);
  const paths = [...files.paths, ...changes.map(({ path }) => path)];
  const roots = await findProjectRoots({ ...files, paths });
  const found: StagedProject[] = [];
  for (const root of roots) {
    const prefix = root === '.' ? '' : root;
    const inner = roots.filter((other) => other !== root && isBelow(other, prefix));
    const own = changes.filter(
      ({ path }) => isBelow(path, prefix) && !inner.some((other) => isBelow(path, other)),
    );
    if (own.length === 0) continue;
    const within = filesWithin(files, root, roots);
    const project = await detectProject(within, signal === undefined ? {} : { signal });
    found.push({ project, files: within, prefix, changes: relativeTo(own, prefix) });
  }
  return found;
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function relativeTo(changes: readonly StagedChange[], folder: string): readonly StagedChange[] {
  return changes
    .filter(({ path }) => isBelow(path, folder))
    .map((change) => ({
      ...change,
      path: folder === '' ? change.path : change.path.slice(folder.length + 1),
    }));
}
