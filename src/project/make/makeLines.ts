/** A line of a makefile, continued lines joined. */
export interface MakeLine {
  readonly text: string;
  /** Of the file, from 1. */
  readonly line: number;
  /** Whether it begins as lines of recipes do, which it is after a rule. */
  readonly isRecipe: boolean;
}

/**
 * The logical lines of a makefile (GNU make manual, 3.1.1). In recipes a backslash at the end of a line is the shell's, and
 * stays; elsewhere the line goes on after one space. Comments are left in, because what they are depends on where they stand.
 * @param prefixAt the first character of recipe lines, as it is at a line: `.RECIPEPREFIX` changes it
 */
export function* readMakeLines(text: string, prefixAt: () => string): Generator<MakeLine> {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    const first = lines[at] ?? '';
    const isRecipe = first.startsWith(prefixAt());
    let joined = isRecipe ? first.slice(1) : first;
    while (endsInBackslash(joined) && at + 1 < lines.length) {
      at += 1;
      const next = lines[at] ?? '';
      joined = isRecipe
        ? `${joined}\n${next.startsWith(prefixAt()) ? next.slice(1) : next}`
        : `${joined.slice(0, -1).trimEnd()} ${next.trimStart()}`;
    }
    yield { text: joined, line, isRecipe };
  }
}

/** An even number of backslashes stands for backslashes. */
function endsInBackslash(text: string): boolean {
  return (/\\+$/.exec(text)?.[0].length ?? 0) % 2 === 1;
}

/** A line without its comment; `\#` is no comment, and neither is what stands in a reference. */
export function withoutComment(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '$' && /[({]/.test(text[at + 1] ?? '')) {
      depth += 1;
      at += 1;
    } else if (depth > 0 && (character === ')' || character === '}')) depth -= 1;
    else if (character === '#' && depth === 0) return text.slice(0, at);
  }
  return text;
}
