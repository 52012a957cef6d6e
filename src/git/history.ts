import { ok, type Result } from '../base/result';
import { nulSeparated } from './nulSeparated';
import { literalPathspec } from './paths';
import type { Repository } from './repository';
import { headCommit } from './revisions';
import { runGit } from './runGit';

export interface CommitInfo {
  /** Full hash. */
  readonly commit: string;
  /** Author time, milliseconds since the epoch. */
  readonly time: number;
  readonly author: string;
  /** The first line of the message. */
  readonly subject: string;
  /** Names of the tags that point at this commit. */
  readonly tags: readonly string[];
}

const FIELDS = ['%H', '%at', '%aN', '%s', '%D'] as const;

/**
 * The commits behind HEAD that changed any of these paths (from the repository's root), newest first, at most
 * `max`. A merge counts only where its result differs from all its parents, as `git log` has it. Empty where
 * there are no commits.
 */
export async function commitsTouching(
  repository: Repository,
  paths: readonly string[],
  { max, signal }: { readonly max: number; readonly signal?: AbortSignal },
): Promise<Result<readonly CommitInfo[]>> {
  if (paths.length === 0) return ok([]);
  const args = [
    'log',
    '-z',
    `--max-count=${max}`,
    `--format=${FIELDS.join('%x00')}`,
    '--decorate=full',
    '--decorate-refs=refs/tags/*',
    '--encoding=UTF-8',
    '--no-color',
    '--no-notes',
    'HEAD',
    '--',
    ...paths.map(literalPathspec),
  ];
  const logged = await runGit(repository.root, args, signal === undefined ? {} : { signal });
  if (logged.ok) return ok(parseLog(nulSeparated(logged.value)));
  const isEmpty =
    logged.problem.code === 'git-failed' && (await headCommit(repository)) === undefined;
  return isEmpty ? ok([]) : logged;
}

function parseLog(fields: readonly string[]): readonly CommitInfo[] {
  const commits: CommitInfo[] = [];
  for (let index = 0; index + FIELDS.length <= fields.length; index += FIELDS.length) {
    const [commit = '', time = '', author = '', subject = '', decoration = ''] =
      fields.slice(index);
    commits.push({
      commit,
      time: Number(time) * 1000,
      author,
      subject,
      tags: parseTags(decoration),
    });
  }
  return commits;
}

/** `tag: refs/tags/v1, tag: refs/tags/v2`; the name of a ref has no spaces, but may have commas. */
function parseTags(decoration: string): readonly string[] {
  return [...decoration.matchAll(/tag: refs\/tags\/(\S+?)(?=, |$)/g)].map(([, name = '']) => name);
}
