import { replaceHoles } from '../evaluate/pyValue';

/**
 * Wildcards in paths: `{sample}`, `{sample,\d+}`. Source:
 * https://snakemake.readthedocs.io/en/stable/snakefiles/rules.html#wildcards
 */
const WILDCARD = /\{\s*([.\w]+)(?:\s*,\s*((?:[^{}]+|\{\d+(?:,\d+)?\})*))?\s*\}/g;

export type Constraints = ReadonlyMap<string, string>;
export type WildcardValues = ReadonlyMap<string, string>;

/** A path with wildcards, ready to be matched. */
export interface PathPattern {
  readonly source: string;
  readonly parts: readonly Part[];
  readonly names: ReadonlySet<string>;
}

type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly name: string; readonly constraint: RegExp | undefined };

/** More wildcards than this in one path nobody writes. */
const MOST_WILDCARDS = 20;
const LONGEST_TARGET = 2000;

export function hasWildcards(path: string): boolean {
  return path.search(WILDCARD) !== -1;
}

/** The path as people write it: without constraints; what is unknown is `{name}` or `*`. */
export function displayPath(path: string): string {
  const plain = path.replace(WILDCARD, (_, name: string) => `{${name}}`);
  return replaceHoles(plain, (name) => (name === '' ? '*' : `{${name}}`));
}

/** The path as a glob. */
export function globOfPath(path: string): string {
  return replaceHoles(path.replace(WILDCARD, '*'), () => '*').replace(/\*{2,}/g, '*');
}

export function applyWildcards(path: string, values: WildcardValues): string | undefined {
  let missing = false;
  const applied = path.replace(WILDCARD, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) missing = true;
    return value ?? '';
  });
  return missing ? undefined : applied;
}

/** @param constraints of the rule and of the workflow, which a wildcard's own one overrides */
export function compilePattern(source: string, constraints: Constraints): PathPattern {
  const parts: Part[] = [];
  const names = new Set<string>();
  let last = 0;
  for (const match of source.matchAll(WILDCARD)) {
    const [whole, name = '', own] = match;
    if (match.index > last) parts.push({ kind: 'literal', text: source.slice(last, match.index) });
    const written = own ?? (names.has(name) ? undefined : constraints.get(name));
    parts.push({ kind: 'wildcard', name, constraint: compileConstraint(written) });
    names.add(name);
    last = match.index + whole.length;
  }
  if (last < source.length) parts.push({ kind: 'literal', text: source.slice(last) });
  return { source, parts, names };
}

/** Repetition of a repetition can take for ever. */
const SLOW = /\([^()]*[+*}][^()]*\)[+*{]|\([^()]*\|[^()]*\)[+*{]/;
const compiled = new Map<string, RegExp>();

/** Python's regular expression; undefined where anything matches, or where it cannot be used here. */
function compileConstraint(source: string | undefined): RegExp | undefined {
  if (source === undefined || source === '' || source === '.+' || SLOW.test(source))
    return undefined;
  const known = compiled.get(source);
  if (known !== undefined) return known;
  try {
    const expression = new RegExp(`^(?:${source.replace(/\(\?P</g, '(?<')})$`);
    if (compiled.size > 1000) compiled.clear();
    compiled.set(source, expression);
    return expression;
  } catch {
    return undefined;
  }
}

/** The values that the wildcards have where the pattern is this path; the first ones are as long as they can be. */
export function matchPattern(pattern: PathPattern, target: string): WildcardValues | undefined {
  const { parts, names } = pattern;
  if (names.size === 0) return pattern.source === target ? new Map() : undefined;
  const [first, last] = [parts[0], parts.at(-1)];
  if (first?.kind === 'literal' && !target.startsWith(first.text)) return undefined;
  if (last?.kind === 'literal' && !target.endsWith(last.text)) return undefined;
  if (parts.length > 2 * MOST_WILDCARDS || target.length > LONGEST_TARGET) return undefined;
  const matcher = new Matcher(pattern, target);
  return matcher.match(0, 0) ? matcher.values : undefined;
}

class Matcher {
  readonly values = new Map<string, string>();
  private readonly failed = new Set<number>();
  /** Where a wildcard stands twice, the same place can fail once and match later. */
  private readonly remembers: boolean;

  constructor(
    private readonly pattern: PathPattern,
    private readonly target: string,
  ) {
    const wildcards = pattern.parts.filter((part) => part.kind === 'wildcard').length;
    this.remembers = wildcards === pattern.names.size;
  }

  match(at: number, from: number): boolean {
    const part = this.pattern.parts[at];
    if (part === undefined) return from === this.target.length;
    if (part.kind === 'literal') {
      return this.target.startsWith(part.text, from) && this.match(at + 1, from + part.text.length);
    }
    const known = this.values.get(part.name);
    if (known !== undefined) {
      return this.target.startsWith(known, from) && this.match(at + 1, from + known.length);
    }
    const place = at * (LONGEST_TARGET + 1) + from;
    if (this.remembers && this.failed.has(place)) return false;
    for (const end of this.endsOf(at, from)) {
      const value = this.target.slice(from, end);
      if (part.constraint === undefined ? value === '' : !part.constraint.test(value)) continue;
      this.values.set(part.name, value);
      if (this.match(at + 1, end)) return true;
      this.values.delete(part.name);
    }
    this.failed.add(place);
    return false;
  }

  /** Where a wildcard may end, the farthest first: at the end, or before the text that follows it. */
  private *endsOf(at: number, from: number): Generator<number> {
    const next = this.pattern.parts[at + 1];
    if (next === undefined) yield this.target.length;
    else if (next.kind === 'wildcard') {
      for (let end = this.target.length; end >= from; end--) yield end;
    } else {
      let end = this.target.lastIndexOf(next.text);
      while (end >= from) {
        yield end;
        end = end === 0 ? -1 : this.target.lastIndexOf(next.text, end - 1);
      }
    }
  }
}

// A character that no path has stands for whatever a wildcard may be.
const ANYTHING = '\uE002';

/** A path that a rule writes, to be held against the patterns that others read. */
export interface WrittenPattern {
  readonly source: string;
  readonly pattern: PathPattern;
}

export function compileWritten(written: string, constraints: Constraints): WrittenPattern {
  const source = replaceHoles(written, (name) => `{${name === '' ? '_' : name}}`);
  const pattern = compilePattern(source, constraints);
  const parts = pattern.parts.map((part) =>
    part.kind === 'wildcard' && part.constraint !== undefined
      ? { ...part, constraint: acceptAnything(part.constraint) }
      : part,
  );
  return { source, pattern: { ...pattern, parts } };
}

/** The path with a stand-in for whatever is not fixed in it. */
export function compileRead(read: string): string {
  return replaceHoles(read, () => '{_}').replace(WILDCARD, ANYTHING);
}

function acceptAnything(constraint: RegExp): RegExp {
  return new RegExp(`${constraint.source}|^[^/]*${ANYTHING}[^/]*$`);
}
