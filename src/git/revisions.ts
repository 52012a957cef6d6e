import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nearestWord } from '../base/nearest';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import type { Repository } from './repository';
import { runGit } from './runGit';

/** The full hash of HEAD; undefined where there are no commits yet. */
export async function headCommit(repository: Repository): Promise<string | undefined> {
  return readLine(repository, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
}

/** The short name of the branch that is checked out; undefined with a detached HEAD. */
export async function currentBranch(repository: Repository): Promise<string | undefined> {
  return readLine(repository, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
}

/**
 * The full hash of the commit that a branch, tag, hash or `HEAD~2` means. Problem `revision-unknown`, with the
 * nearest name that exists.
 */
export async function resolveCommit(
  repository: Repository,
  revision: string,
): Promise<Result<string>> {
  const wanted = `${revision}^{commit}`;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', wanted];
  const resolved = await runGit(repository.root, args);
  if (resolved.ok) return ok(resolved.value.toString('utf8').trim());
  if (resolved.problem.code !== 'git-failed') return resolved;
  return failed(await unknownRevision(repository, revision));
}

async function unknownRevision(repository: Repository, revision: string): Promise<Problem> {
  const message = `There is no commit, branch or tag "${revision}" in this repository.`;
  const nearest = nearestWord(revision, await refNames(repository));
  if (nearest !== undefined)
    return { code: 'revision-unknown', message, fix: `Did you mean "${nearest}"?` };
  if (!existsSync(join(repository.commonDir, 'shallow')))
    return { code: 'revision-unknown', message };
  return {
    code: 'revision-unknown',
    message,
    fix: 'This clone is shallow: run `git fetch --unshallow`.',
  };
}

async function refNames(repository: Repository): Promise<readonly string[]> {
  const args = ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/tags'];
  const listed = await runGit(repository.root, [...args, 'refs/remotes']);
  return listed.ok ? listed.value.toString('utf8').split('\n').filter(Boolean) : [];
}

/** The version to compare with where nobody says which. */
export interface Baseline {
  readonly commit: string;
  /** `HEAD`, or `merge base with main`. */
  readonly name: string;
}

/**
 * The merge base of HEAD with the default branch (origin's HEAD, else main, else master); HEAD itself on that
 * branch, and where no merge base is known. Undefined where there are no commits yet.
 */
export async function defaultBaseline(repository: Repository): Promise<Baseline | undefined> {
  const [head, branch, trunk] = await Promise.all([
    headCommit(repository),
    currentBranch(repository),
    findDefaultBranch(repository),
  ]);
  if (head === undefined) return undefined;
  const atHead: Baseline = { commit: head, name: 'HEAD' };
  if (trunk === undefined || trunk.branch === branch) return atHead;
  const base = await readLine(repository, ['merge-base', 'HEAD', trunk.ref]);
  if (base === undefined || base === head) return atHead;
  return { commit: base, name: `merge base with ${trunk.branch}` };
}

interface DefaultBranch {
  readonly ref: string;
  readonly branch: string;
}

const ORIGIN = 'refs/remotes/origin/';

async function findDefaultBranch(repository: Repository): Promise<DefaultBranch | undefined> {
  const candidates = ['main', 'master'].flatMap((name) => [
    { ref: `refs/heads/${name}`, branch: name },
    { ref: `${ORIGIN}${name}`, branch: name },
  ]);
  const refs = candidates.map(({ ref }) => ref);
  const format = '--format=%(refname)%00%(symref)';
  const listed = await runGit(repository.root, ['for-each-ref', format, `${ORIGIN}HEAD`, ...refs]);
  if (!listed.ok) return undefined;
  const lines = listed.value.toString('utf8').split('\n').filter(Boolean);
  const found = new Map(lines.map((line) => splitPair(line)));
  const remoteHead = found.get(`${ORIGIN}HEAD`) ?? '';
  if (remoteHead.startsWith(ORIGIN))
    return { ref: remoteHead, branch: remoteHead.slice(ORIGIN.length) };
  return candidates.find(({ ref }) => found.has(ref));
}

function splitPair(line: string): [string, string] {
  const [first = '', second = ''] = line.split('\0');
  return [first, second];
}

/** The one line that git writes; undefined where it fails or writes none. */
async function readLine(
  repository: Repository,
  args: readonly string[],
): Promise<string | undefined> {
  const result = await runGit(repository.root, args);
  const line = result.ok ? result.value.toString('utf8').trim() : '';
  return line === '' ? undefined : line;
}
