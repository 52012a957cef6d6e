import { showControls } from '../../src/base/escape';

/**
 * Text out of a dataset or a repository, fit to be shown: control and direction characters become visible,
 * and what is longer than `limit` UTF-16 units is cut. (The templates escape HTML themselves.)
 */
export function visibleText(text: string, limit = 200): string {
  if (text.length <= limit) return showControls(text);
  // Not through the middle of a surrogate pair.
  const cut = text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
  return `${showControls(cut)}\u2026`;
}
