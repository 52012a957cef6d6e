import { runGit } from '../../git/runGit';
import type { LocateContext, LocatedContent } from './contentAt';
import { readDvcOutputs } from './contentDvcOutputs';

/** More paths may be too many for a command line. */
const MOST_FILES = 500;

/**
 * When files of the work tree were last written, in milliseconds since the epoch; undefined where their times may be those
 * of a checkout. Git and DVC set them anew with every clone, so that only what neither of them has is sure.
 */
export async function lastWritten(
  { names, foreign }: LocatedContent,
  { source, repository }: LocateContext,
): Promise<number | undefined> {
  if (source.source !== 'worktree' || names.length > MOST_FILES) return undefined;
  if (foreign.length !== names.length) return undefined;
  const { outputs } = await readDvcOutputs(source.files);
  const isOfDvc = (name: string): boolean =>
    outputs.some(({ path }) => name === path || name.startsWith(`${path}/`));
  const changed =
    repository === undefined ? new Set(names) : await changedPaths(source.files.root, names);
  const times = names.flatMap((name, index) =>
    changed.has(name) && !isOfDvc(name) ? (foreign[index]?.mtimeMs ?? []) : [],
  );
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Those that git does not have as they are. */
async function changedPaths(root: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const ask = ['--literal-pathspecs', 'ls-files', '-z', '--modified', '--others', '--', ...names];
  const listed = await runGit(root, ask);
  return new Set(listed.ok ? listed.value.toString('utf8').split('\0') : []);
}
