import { isGlob, matchesGlob } from '../../project/files/globMatch';

/** The parts of a project's path: relative, forward slashes. */
export function splitPath(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** Whether two paths or globs can mean a common file: one is the other, lies in it, or matches it. */
export function pathsOverlap(a: string, b: string): boolean {
  return partsOverlap(splitPath(a), splitPath(b));
}

/** A path that ends first contains the other. */
function partsOverlap(left: readonly string[], right: readonly string[]): boolean {
  const [first, ...restOfLeft] = left;
  const [second, ...restOfRight] = right;
  if (first === undefined || second === undefined) return true;
  if (first === '**') return partsOverlap(restOfLeft, right) || partsOverlap(left, restOfRight);
  if (second === '**') return partsOverlap(left, restOfRight) || partsOverlap(restOfLeft, right);
  return namesOverlap(first, second) && partsOverlap(restOfLeft, restOfRight);
}

function namesOverlap(a: string, b: string): boolean {
  if (a === b) return true;
  if (isGlob(a)) return isGlob(b) ? globsMayMeet(a, b) : matchesGlob(b, a);
  return isGlob(b) && matchesGlob(a, b);
}

/** Two globs meet where what stands before the first and after the last wildcard agrees. */
function globsMayMeet(a: string, b: string): boolean {
  const [left, right] = [fixedEnds(a), fixedEnds(b)];
  return (
    (left.head.startsWith(right.head) || right.head.startsWith(left.head)) &&
    (left.tail.endsWith(right.tail) || right.tail.endsWith(left.tail))
  );
}

function fixedEnds(glob: string): { readonly head: string; readonly tail: string } {
  const fixed = glob.split(/\[[^\]]*\]|\{[^}]*\}|[*?]/);
  return { head: fixed[0] ?? '', tail: fixed.at(-1) ?? '' };
}
