import { failed, ok, type Result } from '../../base/result';
import { patternMistake } from '../schema/pattern';

/** Where another tool's regular expression has to begin: anywhere in the text, or, as Python's `match`, at its start. */
export type PatternStart = 'anywhere' | 'start';

const ANYTHING = '[\\s\\S]*';

/**
 * A regular expression of Python or JavaScript that is searched in a text, as one of RE2 that the whole text matches.
 * The problem is why RE2 cannot have it.
 */
export function wholePattern(pattern: string, start: PatternStart): Result<string, string> {
  const translated = asRe2(pattern);
  const mistake = mistakeOf(translated);
  if (mistake !== undefined) return failed(mistake);
  // Anchors belong to the branch that they stand in.
  if (/[|\n]|\(\?[a-zA-Z]*m/.test(translated)) {
    const before = start === 'start' ? '' : ANYTHING;
    return ok(`${before}(?:${translated})${ANYTHING}`);
  }
  const hasStart = translated.startsWith('^');
  const hasEnd = /(?<!\\)(?:\\\\)*(?:\$|\\z)$/.test(translated);
  const body = translated.slice(hasStart ? 1 : 0).replace(hasEnd ? /(?:\$|\\z)$/ : /(?!)/, '');
  return ok(`${hasStart || start === 'start' ? '' : ANYTHING}${body}${hasEnd ? '' : ANYTHING}`);
}

/** The same for the SQL functions of DuckDB, which search themselves. */
export function searchPattern(pattern: string, start: PatternStart): Result<string, string> {
  const translated = asRe2(pattern);
  const mistake = mistakeOf(translated);
  if (mistake !== undefined) return failed(mistake);
  return ok(start === 'start' ? `^(?:${translated})` : translated);
}

/** Python's end of the text is `\Z`. */
function asRe2(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, (whole, escaped: string) =>
    escaped === 'Z' ? '\\z' : whole,
  );
}

function mistakeOf(pattern: string): string | undefined {
  if (/\(\?[a-zA-Z]*[xLua][a-zA-Z]*[:)]/.test(pattern)) return 'Patterns (RE2) have no such flags';
  if (/\(\?P=/.test(pattern)) return 'Patterns (RE2) have no references to groups';
  // Whether the rest is right is told without what only RE2 and Python know.
  const known = pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/^\(\?[ims]+\)/, '')
    .replace(/\\([Az])/g, '');
  return patternMistake(pattern) ?? patternMistake(known);
}
