import { randomBytes } from 'node:crypto';
import { ok, type Result } from '../base/result';
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
  /** Which of the asked paths it changed; files below asked folders. */
  readonly paths: readonly string[];
}

const FIELDS = ['%H', '%at', '%aN', '%s', '%D'] as const;

/**
 * The commits behind HEAD that changed any of these paths (from the repository's root), newest first, at most
 * `max`. A merge counts only for the paths whose result differs from all its parents, as `git log` has it.
 * Empty where there are no commits.
 */
export async function commitsTouching(
  repository: Repository,
  paths: readonly string[],
  { max, signal }: { readonly max: number; readonly signal?: AbortSignal },
): Promise<Result<readonly CommitInfo[]>> {
  if (paths.length === 0) return ok([]);
  // Git ends commits differently with and without paths, so a mark that no path can contain begins each.
  const mark = `\0${randomBytes(16).toString('hex')}\0`;
  const format = `%x00${mark.slice(1, -1)}%x00${FIELDS.join('%x00')}`;
  const looks =
    '--decorate=full --decorate-refs=refs/tags/* --encoding=UTF-8 --no-color --no-notes';
  const shows = '-z -c --name-only --no-renames';
  const args = [
    ...`-c log.showRoot=true log ${looks} ${shows} --max-count=${max}`.split(' '),
    `--format=${format}`,
    'HEAD',
    '--',
    ...paths.map(literalPathspec),
  ];
  const logged = await runGit(repository.root, args, signal === undefined ? {} : { signal });
  if (logged.ok) return ok(parseLog(logged.value.toString('utf8'), mark));
  const unborn =
    logged.problem.code === 'git-failed' && (await headCommit(repository)) === undefined;
  return unborn ? ok([]) : logged;
}

function parseLog(output: string, mark: string): readonly CommitInfo[] {
  return output
    .split(mark)
    .slice(1)
    .map(parseCommit)
    .filter(({ paths }) => paths.length > 0);
}

function parseCommit(record: string): CommitInfo {
  const [commit = '', time = '', author = '', subject = '', decoration = '', ...rest] =
    record.split('\0');
  const paths = rest.map((path, index) => (index === 0 ? path.replace(/^\n/, '') : path));
  return {
    commit,
    time: Number(time) * 1000,
    author,
    subject,
    tags: parseTags(decoration),
    paths: paths.filter((path) => path !== ''),
  };
}

/** `tag: refs/tags/v1, tag: refs/tags/v2`; the name of a ref has no spaces, but may have commas. */
function parseTags(decoration: string): readonly string[] {
  return [...decoration.matchAll(/tag: refs\/tags\/(\S+?)(?=, |$)/g)].map(([, name = '']) => name);
}
