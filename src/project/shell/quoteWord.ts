/**
 * One word for a POSIX shell and for PowerShell alike: plain where that is safe, else in single quotes, inside which
 * neither expands anything. Only a name with a single quote of its own is written for POSIX shells alone.
 */
export function quoteWord(word: string): string {
  if (/^[\w./@%+=:,-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The words as one command, in which a word that is a variable and nothing else (`$RUN_ID`) stays one: whoever runs it
 * has to set it. Everything else is literal.
 */
export function quoteWithVariables(words: readonly string[]): string {
  return words
    .map((word) =>
      /^\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})$/.test(word) ? `"${word}"` : quoteWord(word),
    )
    .join(' ');
}

/** The words as one command that a shell splits into just these words. */
export function quoteCommand(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}
