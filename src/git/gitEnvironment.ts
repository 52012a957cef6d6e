import { resolve } from 'node:path';
import { isInside } from './paths';

/** What git sets for a hook, or a user for one command: it speaks of one repository only. */
const REPOSITORY_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
] as const;

/**
 * The environment of a git that only reads: stable messages, no lock taken, no prompt, and no network even in a
 * partial clone, whose missing blobs git would otherwise fetch.
 */
export function gitEnvironment(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const own = { ...environment };
  if (explicitWorkTree(folder, environment) === undefined && own['GIT_DIR'] !== undefined)
    for (const name of REPOSITORY_VARIABLES) delete own[name];
  return {
    ...own,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/**
 * The work tree that GIT_DIR belongs to, absolute, where it is set and the folder lies in that tree. A hook that
 * runs our tests, or a terminal with a stray GIT_DIR, must not make another repository look like that one.
 */
export function explicitWorkTree(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (environment['GIT_DIR'] === undefined) return undefined;
  const workTree = resolve(environment['GIT_WORK_TREE'] ?? '.');
  return isInside(workTree, resolve(folder)) ? workTree : undefined;
}
