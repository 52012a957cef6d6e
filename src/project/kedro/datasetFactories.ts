/** A catalog entry for many names: `{name}_data`. Source: kedro/io/catalog_config_resolver.py. */
export interface FactoryPattern {
  readonly pattern: string;
  /** What the placeholders stand for in a name; undefined where the name does not match. */
  match(name: string): ReadonlyMap<string, string> | undefined;
}

export function isPattern(name: string): boolean {
  return name.includes('{');
}

/** The most specific first: by the characters outside of braces, then by the number of placeholders. */
export function sortPatterns(patterns: readonly string[]): readonly string[] {
  const fixed = (pattern: string): number => pattern.replace(/\{.*?\}/g, '').length;
  const placeholders = (pattern: string): number => pattern.split('{').length - 1;
  return [...patterns].sort(
    (a, b) =>
      fixed(b) - fixed(a) || placeholders(b) - placeholders(a) || (a < b ? -1 : Number(a > b)),
  );
}

/** Patterns with more placeholders than this could take for ever. */
const MOST_PLACEHOLDERS = 6;
const LONGEST_NAME = 300;

export function compilePattern(pattern: string): FactoryPattern {
  const names: string[] = [];
  const parts = pattern.split(/(\{[^{}]*\})/).map((part) => {
    if (!/^\{[^{}]*\}$/.test(part)) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const name = /^\{(\w*)/.exec(part)?.[1] ?? '';
    const known = names.indexOf(name);
    if (known !== -1) return `\\${known + 1}`;
    names.push(name);
    return '(.+?)';
  });
  // The parser that Kedro uses does not tell case apart.
  const expression = new RegExp(`^${parts.join('')}$`, 'is');
  const isTooMuch = names.length > MOST_PLACEHOLDERS;
  return {
    pattern,
    match: (name) => {
      const found = isTooMuch || name.length > LONGEST_NAME ? null : expression.exec(name);
      if (found === null) return undefined;
      return new Map(names.map((one, index) => [one, found[index + 1] ?? '']));
    },
  };
}
