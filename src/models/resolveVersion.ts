import { failed, ok, type Result } from '../base/result';
import type { Repository } from '../git/repository';
import { defaultBaseline, headCommit, resolveCommit } from '../git/revisions';

/** Where the metrics of one side come from. */
export type Version =
  | { readonly kind: 'worktree'; readonly label: string }
  | { readonly kind: 'index'; readonly label: string }
  | { readonly kind: 'commit'; readonly label: string; readonly commit: string }
  /** Before the first commit. */
  | { readonly kind: 'nothing'; readonly label: string };

const NOTHING: Version = { kind: 'nothing', label: 'nothing (no commits yet)' };

/**
 * What a reference means: `worktree`, `index`, a commit, branch or tag. Before the first commit every name of a
 * commit means nothing at all. Problems `revision-unknown`, `reference-unsupported`.
 */
export async function resolveVersion(
  repository: Repository,
  reference: string,
): Promise<Result<Version>> {
  if (reference === 'worktree' || reference === 'index')
    return ok({ kind: reference, label: reference });
  const commit = await resolveCommit(repository, reference);
  if (commit.ok) return ok(describeCommit(reference, commit.value));
  if (isForeign(reference)) {
    return failed({
      code: 'reference-unsupported',
      message: `"${reference}" names a model version, a stage or a run, which cannot be compared yet.`,
      fix: 'Give a commit, a branch, a tag, `worktree` or `index`.',
    });
  }
  return (await headCommit(repository)) === undefined ? ok(NOTHING) : commit;
}

/** The version that a candidate would replace where nobody says which. */
export async function resolveDefaultBase(repository: Repository): Promise<Version> {
  const baseline = await defaultBaseline(repository);
  return baseline === undefined ? NOTHING : describeCommit(baseline.name, baseline.commit);
}

function describeCommit(name: string, commit: string): Version {
  const short = commit.slice(0, 7);
  const label = commit.startsWith(name) ? short : `${name} (${short})`;
  return { kind: 'commit', label, commit };
}

/** `model@v1.2.0`, `model#stage`, `models:/name@alias`, and the 32 hex digits of an MLflow run. */
function isForeign(reference: string): boolean {
  return /^models:\/|^[0-9a-f]{32}$|^[^@#]+(?:@v?\d|#.)/.test(reference);
}
