/** Whether a path is one that a glob means: `*` and `?` within a name, `**` over folders, `{a,b}`, `[ab]`. */
export function matchesGlob(path: string, glob: string): boolean {
  return isGlob(glob) ? globExpression(glob).test(path) : path === glob;
}

export function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** An expression with more wildcards than this can take for ever, and nobody writes such globs. */
const MOST_WILDCARDS = 8;
const NOTHING = /(?!)/;
const compiled = new Map<string, RegExp>();

function globExpression(glob: string): RegExp {
  const known = compiled.get(glob);
  if (known !== undefined) return known;
  const expression = compileGlob(glob);
  if (compiled.size > 500) compiled.clear();
  compiled.set(glob, expression);
  return expression;
}

function compileGlob(glob: string): RegExp {
  if ((glob.match(/\*+/g) ?? []).length > MOST_WILDCARDS) return NOTHING;
  try {
    return new RegExp(`^${translate(glob)}$`, 'u');
  } catch {
    // `[z-a]` is the one thing that is left to be wrong.
    return NOTHING;
  }
}

const PART = /\*\*\/|\*\*|\*|\?|\[!?[^\]/]+\]|\{[^{}/]*\}|[^]/gu;

function translate(glob: string): string {
  return glob.replace(PART, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.length > 2) return translateSet(part);
    if (part.startsWith('{') && part.length > 2) {
      return `(?:${part.slice(1, -1).split(',').map(translate).join('|')})`;
    }
    return part.replace(/[$()*+.?[\\\]^{|}/]/, '\\$&');
  });
}

function translateSet(set: string): string {
  const inverted = set.startsWith('[!');
  const members = set.slice(inverted ? 2 : 1, -1).replace(/[\\\]^]/g, '\\$&');
  return `[${inverted ? '^' : ''}${members}]`;
}
