/**
 * Whether two paths of a project (relative, forward slashes, `*` and `?` as in a shell) can mean a common
 * file: one is the other, lies in it, or matches it.
 */
export function pathsOverlap(a: string, b: string): boolean {
  const left = splitPath(a);
  const right = splitPath(b);
  return overlap(left, right);
}

function splitPath(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** A path that ends first contains the other. */
function overlap(left: readonly string[], right: readonly string[]): boolean {
  const [first, ...restOfLeft] = left;
  const [second, ...restOfRight] = right;
  if (first === undefined || second === undefined) return true;
  if (first === '**') return overlap(restOfLeft, right) || overlap(left, restOfRight);
  if (second === '**') return overlap(left, restOfRight) || overlap(restOfLeft, right);
  return segmentsOverlap(first, second) && overlap(restOfLeft, restOfRight);
}

function segmentsOverlap(a: string, b: string): boolean {
  if (a === b) return true;
  if (isGlob(a)) return isGlob(b) ? globsMayMeet(a, b) : segmentPattern(a).test(b);
  return isGlob(b) && segmentPattern(b).test(a);
}

/** Two patterns meet where what stands before the first and after the last wildcard agrees. */
function globsMayMeet(a: string, b: string): boolean {
  const [headA, headB] = [a.split(/[*?]/)[0] ?? '', b.split(/[*?]/)[0] ?? ''];
  const [tailA, tailB] = [a.split(/[*?]/).at(-1) ?? '', b.split(/[*?]/).at(-1) ?? ''];
  return (
    (headA.startsWith(headB) || headB.startsWith(headA)) &&
    (tailA.endsWith(tailB) || tailB.endsWith(tailA))
  );
}

export function isGlob(path: string): boolean {
  return /[*?]/.test(path);
}

/** One segment of a path as a regular expression; only `*` and `?` are special. */
export function segmentPattern(segment: string): RegExp {
  const source = segment
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`, 'su');
}
