import { quoteShell } from '../../base/quoteShell';

/** A command with words at its end, quoted for the shell. */
export function commandWithOptions(command: string, words: readonly string[]): string {
  return [command.trimEnd(), ...words.map(quoteShell)].join(' ');
}
