import { ok, type Result } from '../base/result';
import type { Repository } from './repository';
import { headCommit } from './revisions';
import { runGit } from './runGit';
import { nulSeparated } from './nulSeparated';

/** One path whose staged content differs from a commit's. */
export interface StagedChange {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'type-changed' | 'unmerged';
  /** The staged blob's hash; absent where the path is deleted or unmerged. */
  readonly oid?: string;
  /** The blob's hash in the commit; absent where the path is added. */
  readonly baseOid?: string;
}

/**
 * What the index changes against a commit (default: HEAD; before the first commit: nothing at all), by path.
 * A renamed file is one deleted path and one added.
 */
export async function changedInIndex(
  repository: Repository,
  against?: string,
): Promise<Result<readonly StagedChange[]>> {
  const base = against ?? (await headCommit(repository)) ?? (await emptyTree(repository));
  if (typeof base !== 'string') return base;
  const flags = ['--cached', '--raw', '-z', '--no-renames', '--no-abbrev'];
  const args = ['diff-index', ...flags, '--ita-invisible-in-index', base, '--'];
  const compared = await runGit(repository.root, args);
  return compared.ok ? ok(parseRaw(nulSeparated(compared.value))) : compared;
}

/** The hash of a tree without files, which depends on the repository's hash function. */
async function emptyTree(
  repository: Repository,
): Promise<string | Extract<Result<never>, { ok: false }>> {
  const hashed = await runGit(repository.root, ['hash-object', '-t', 'tree', '--stdin'], {
    input: '',
  });
  return hashed.ok ? hashed.value.toString('utf8').trim() : hashed;
}

const STATUS: Readonly<Record<string, StagedChange['status']>> = {
  A: 'added',
  D: 'deleted',
  T: 'type-changed',
  U: 'unmerged',
};

/** Pairs of `:<mode> <mode> <oid> <oid> <status>` and path: the raw format of `git diff-index`. */
function parseRaw(fields: readonly string[]): readonly StagedChange[] {
  const changes: StagedChange[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, , baseOid = '', oid = '', letter = ''] = (fields[index] ?? '').split(' ');
    changes.push({
      path: fields[index + 1] ?? '',
      status: STATUS[letter.charAt(0)] ?? 'modified',
      ...(isNone(oid) ? {} : { oid }),
      ...(isNone(baseOid) ? {} : { baseOid }),
    });
  }
  return changes;
}

function isNone(oid: string): boolean {
  return /^0*$/.test(oid);
}
