/** What a Jenkinsfile is made of, as far as its steps go. */
export interface GroovyToken {
  readonly kind: 'word' | 'text' | 'sign';
  /** A word, the content of a string, or one character. */
  readonly value: string;
  /** From 1; of a string, the line on which its content begins. */
  readonly line: number;
}

/**
 * The tokens of Groovy source (groovy-lang.org, Syntax): words, strings of all quotes with their escapes, and signs.
 * Comments and space are left out; what stands in `${…}` of a string stays as it is written. A string without an end
 * goes on to the end of the file.
 */
export function* readGroovyTokens(source: string): Generator<GroovyToken> {
  let [at, line] = [0, 1];
  const advance = (length: number): void => {
    for (const end = at + length; at < end; at += 1) if (source[at] === '\n') line += 1;
  };
  while (at < source.length) {
    const rest = source.slice(at, at + 3);
    const character = rest[0] ?? '';
    if (/\s/.test(character)) advance(1);
    else if (rest.startsWith('//')) advance(lengthUntil(source, at, '\n'));
    else if (rest.startsWith('/*')) advance(lengthUntil(source, at, '*/') + 2);
    else if (character === "'" || character === '"') {
      const quote = rest === character.repeat(3) ? rest : character;
      const length = stringLength(source, at + quote.length, quote);
      const content = source.slice(at + quote.length, at + quote.length + length);
      // A string in three quotes mostly begins on the next line.
      const begun = content.startsWith('\n') ? 1 : 0;
      yield { kind: 'text', value: unescape(content.slice(begun)), line: line + begun };
      advance(length + 2 * quote.length);
    } else if (/[\w$]/.test(character)) {
      const value = /^[\w$]+/.exec(source.slice(at, at + 200))?.[0] ?? character;
      yield { kind: 'word', value, line };
      advance(value.length);
    } else {
      yield { kind: 'sign', value: character, line };
      advance(1);
    }
  }
}

function lengthUntil(source: string, at: number, end: string): number {
  const found = source.indexOf(end, at);
  return (found === -1 ? source.length : found) - at;
}

function stringLength(source: string, start: number, quote: string): number {
  let at = start;
  while (at < source.length && !source.startsWith(quote, at)) at += source[at] === '\\' ? 2 : 1;
  return Math.min(at, source.length) - start;
}

/** A backslash at the end of a line is the shell's, which the string has doubled. */
function unescape(content: string): string {
  return content.replaceAll(/\\([\s\S])/g, (_, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character,
  );
}
