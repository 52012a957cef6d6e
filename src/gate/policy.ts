import type { Config } from '../config/config';

export type Policy = NonNullable<NonNullable<Config['gate']>['policy']>;

/**
 * What an inconclusive comparison does on a branch: the policy of the most specific glob that matches it, else `warn`.
 * `*` stands for any characters, slashes too. A detached HEAD (no branch) is matched by `*` alone.
 */
export function onInconclusive(policy: Policy, branch: string | undefined): 'block' | 'warn' {
  const matching = Object.keys(policy).filter((glob) => matchesBranch(glob, branch ?? ''));
  matching.sort((a, b) => literalLength(b) - literalLength(a));
  for (const glob of matching) {
    const decided = policy[glob]?.inconclusive;
    if (decided !== undefined) return decided;
  }
  return 'warn';
}

/** Piece by piece from the left, so that no pattern takes more than linear steps per piece. */
function matchesBranch(glob: string, branch: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return branch === glob;
  if (!branch.startsWith(first) || branch.length < first.length + last.length) return false;
  let from = first.length;
  for (const piece of rest) {
    const found = branch.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= branch.length - last.length && branch.endsWith(last);
}

function literalLength(glob: string): number {
  return glob.replaceAll('*', '').length;
}
