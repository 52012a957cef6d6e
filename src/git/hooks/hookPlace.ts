import { basename, dirname, join, resolve } from 'node:path';
import { failed, ok, type Result } from '../../base/result';
import { isInside } from '../paths';
import type { Repository } from '../repository';
import { runGit } from '../runGit';

/** Where the gate goes in a repository, and how. All absolute. */
export interface HookPlace {
  /**
   * `hooks-folder`: the repository's own hooks, a file that is ours. `husky`, `hooks-path`: a folder of the work tree
   * that `core.hooksPath` names; its file is shared with the team and gets a few lines.
   */
  readonly mechanism: 'hooks-folder' | 'husky' | 'hooks-path';
  /** The file that holds the gate or our lines. */
  readonly path: string;
  /** The file that git starts. */
  readonly entry: string;
  /** The script with the paths of this machine: `path` itself, or what our lines look for. */
  readonly script: string;
}

/** Problem `hooks-path-foreign` where the hooks of this repository are a folder outside it. */
export async function findHookPlace(repository: Repository): Promise<Result<HookPlace>> {
  const folder = await hooksFolder(repository.root);
  if (!folder.ok) return folder;
  const hooks = folder.value;
  const entry = join(hooks, 'pre-commit');
  if (isInside(repository.commonDir, hooks))
    return ok({ mechanism: 'hooks-folder', path: entry, entry, script: entry });
  if (!isInside(repository.root, hooks)) {
    return failed({
      code: 'hooks-path-foreign',
      message: `The hooks of this repository are those of ${hooks}, which other repositories may share.`,
      fix: `Add this line to ${entry} yourself: ml-preflight check --staged --hook`,
    });
  }
  const script = join(repository.commonDir, 'preflight', 'pre-commit');
  const husky = basename(hooks) === '_' ? dirname(hooks) : hooks;
  if (basename(husky) === '.husky')
    return ok({ mechanism: 'husky', path: join(husky, 'pre-commit'), entry, script });
  return ok({ mechanism: 'hooks-path', path: entry, entry, script });
}

/** The folder whose hooks git runs in a work tree; it need not exist. A relative `core.hooksPath` is one per work tree. */
export async function hooksFolder(workTree: string): Promise<Result<string>> {
  const asked = await runGit(workTree, ['rev-parse', '--git-path', 'hooks']);
  if (!asked.ok) return asked;
  return ok(resolve(workTree, asked.value.toString('utf8').replace(/\r?\n$/, '')));
}

/** The roots of all work trees of the repository, the main one first; bare ones and missing ones are left out. */
export async function listWorkTrees(repository: Repository): Promise<readonly string[]> {
  const listed = await runGit(repository.root, ['worktree', 'list', '--porcelain', '-z']);
  if (!listed.ok) return [repository.root];
  return listed.value
    .toString('utf8')
    .split('\0\0')
    .filter((record) => !/\0(?:bare|prunable)(?:\0| |$)/.test(record))
    .flatMap((record) => /^worktree (.+?)(?:\0|$)/s.exec(record)?.[1] ?? []);
}
