import { ok, type Result } from '../../base/result';
import type { ObjectReader } from '../../git/objectReader';
import { prefixInRepository, type Repository } from '../../git/repository';
import { listCommit, listIndex, type TreeEntry } from '../../git/treeEntries';
import { openGitFiles } from '../../project/files/gitFiles';
import type { ProjectFiles } from '../../project/files/projectFiles';
import { openWorktreeFiles } from '../../project/files/worktreeFiles';

/** Where the content of a dataset is looked for: as it is now, as it is staged, or as a commit has it. */
export type ContentSource = 'worktree' | 'index' | { readonly commit: string };

/** The files of a project at one source. */
export interface SourceFiles {
  readonly source: ContentSource;
  readonly files: ProjectFiles;
  /** What git has, by path from the project's root; empty for the work tree. */
  readonly blobs: ReadonlyMap<string, TreeEntry>;
}

export interface SourceOptions {
  readonly repository: Repository | undefined;
  readonly reader: ObjectReader | undefined;
  readonly signal?: AbortSignal;
}

/** Lists a source once, for all datasets. Problems `folder-missing`, `not-a-repository`, and those of git. */
export async function openSource(
  root: string,
  source: ContentSource,
  { repository, reader, signal }: SourceOptions,
): Promise<Result<SourceFiles>> {
  if (source === 'worktree') {
    const files = await openWorktreeFiles(root, signal === undefined ? {} : { signal });
    return files.ok ? ok({ source, files: files.value, blobs: new Map() }) : files;
  }
  if (repository === undefined || reader === undefined) {
    const message = 'What is staged or committed can only be read in a git repository.';
    return { ok: false, problem: { code: 'not-a-repository', message, fix: 'Run `git init`.' } };
  }
  const listed =
    source === 'index' ? await listIndex(repository) : await listCommit(repository, source.commit);
  if (!listed.ok) return listed;
  const prefix = await prefixInRepository(repository, root);
  const below = prefix === '' ? '' : `${prefix}/`;
  const blobs = new Map(
    listed.value
      .filter(({ path }) => path.startsWith(below))
      .map((entry) => [entry.path.slice(below.length), entry]),
  );
  return ok({ source, files: openGitFiles(reader, listed.value, root, prefix), blobs });
}

/** For messages: `the work tree`, `the index`, `commit 1a2b3c4`. */
export function sayWhere(source: ContentSource): string {
  if (source === 'worktree') return 'the work tree';
  return source === 'index' ? 'the index' : `commit ${source.commit.slice(0, 7)}`;
}
