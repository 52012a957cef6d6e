import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { failed, ok, type Result } from '../base/result';
import { explicitWorkTree } from './gitEnvironment';
import { isInside, relativeGitPath } from './paths';

/** A repository with a work tree. All absolute. */
export interface Repository {
  /** The root of the work tree. */
  readonly root: string;
  /** Of this work tree: where its HEAD and index are. */
  readonly gitDir: string;
  /** Of all linked work trees: where objects, refs and hooks are. */
  readonly commonDir: string;
}

/**
 * The repository that a folder lies in, found as git finds it (GIT_DIR, else `.git` in the folder or above) but
 * without starting a process. Problem `not-a-repository`.
 */
export async function findRepository(folder: string): Promise<Result<Repository>> {
  const start = resolve(folder);
  const explicitRoot = explicitWorkTree(start);
  if (explicitRoot !== undefined)
    return ok(await describe(explicitRoot, resolve(process.env['GIT_DIR'] ?? '.git')));
  for (let root = start; ; root = dirname(root)) {
    const gitDir = await gitDirOf(root);
    if (gitDir !== undefined) return ok(await describe(root, gitDir));
    if (root === dirname(root)) return failed(notARepository(start));
  }
}

/** `.git` is a folder, or, in linked work trees and submodules, a file that names one. */
async function gitDirOf(root: string): Promise<string | undefined> {
  const dotGit = join(root, '.git');
  const found = await stat(dotGit).catch(() => undefined);
  if (found === undefined) return undefined;
  if (found.isDirectory()) return (await isGitDir(dotGit)) ? dotGit : undefined;
  const link = /^gitdir: (.+?)\r?\n?$/.exec(await readFile(dotGit, 'utf8').catch(() => ''));
  if (link?.[1] === undefined) return undefined;
  const target = resolve(root, link[1]);
  return (await isGitDir(target)) ? target : undefined;
}

async function isGitDir(folder: string): Promise<boolean> {
  return (await stat(join(folder, 'HEAD')).catch(() => undefined)) !== undefined;
}

async function describe(root: string, gitDir: string): Promise<Repository> {
  const common = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => '.');
  return { root, gitDir, commonDir: resolve(gitDir, common.trim()) };
}

function notARepository(folder: string) {
  return {
    code: 'not-a-repository',
    message: `${folder} is in no git repository.`,
    fix: 'Run `git init` in it.',
  };
}

/**
 * The way from the repository's root to a folder in it, as git writes it; empty for the root itself. The two may
 * have been reached by different links.
 */
export async function prefixInRepository(repository: Repository, folder: string): Promise<string> {
  const { root } = repository;
  if (isInside(root, folder)) return relativeGitPath(root, folder);
  return relativeGitPath(await realpath(root), await realpath(folder));
}
