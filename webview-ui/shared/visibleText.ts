import { showControls } from '../../src/base/escape';

/**
 * Text out of a dataset or a repository, fit to be shown: control and direction characters become visible,
 * and what is longer than `limit` UTF-16 units is cut. (The templates escape HTML themselves.)
 */
export function visibleText(text: string, limit = 200): string {
  const shown = showControls(text.length > limit ? text.slice(0, limit) : text);
  return text.length > limit ? `${shown}\u2026` : shown;
}
