import type { Problem } from '../base/problem';
import { CONTENT_CHANGED } from './content/contentChanged';

const ENDS: ReadonlySet<string> = new Set([
  'cancelled',
  'engine-lost',
  CONTENT_CHANGED,
  'disk-full',
  'memory-exceeded',
]);

/**
 * Whether a problem is about the moment and not about the data: then nothing can be said, not even that there is nothing to
 * compare with.
 */
export function isEnd({ code }: Problem): boolean {
  return ENDS.has(code);
}
