/**
 * One word for a POSIX shell and for PowerShell alike: plain where that is safe, else in single quotes, inside which
 * neither expands anything. Only a name with a single quote of its own is written for POSIX shells alone.
 */
export function quoteWord(word: string): string {
  if (/^[\w./@%+=:,-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The words as one command that a shell splits into just these words. */
export function quoteCommand(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}
