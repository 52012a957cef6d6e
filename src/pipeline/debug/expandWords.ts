import { homedir } from 'node:os';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../base/result';

const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/**
 * The words with the variables that are known, as a shell would give them to the program.
 * @param written the command as it stands, which tells what is in quotes
 * @returns the words, or why they cannot be known, as a phrase
 */
export function expandWords(
  words: readonly string[],
  written: string,
  variables: NodeJS.ProcessEnv,
): Result<readonly string[], string> {
  const expanded: string[] = [];
  for (const word of words) {
    const result = expandWord(word, written, variables);
    if (!result.ok) return result;
    expanded.push(result.value);
  }
  return ok(expanded);
}

function expandWord(
  word: string,
  written: string,
  variables: NodeJS.ProcessEnv,
): Result<string, string> {
  if (isIn("'", word, written)) return ok(word);
  if (/\$\(|`/.test(word)) return failed(`only a shell can say what ${cut(word)} is`);
  const unset: string[] = [];
  const expanded = word.replace(VARIABLE, (whole, plain?: string, braced?: string) => {
    const value = variables[plain ?? braced ?? ''];
    // A value in several words would become several arguments, or not, as its quotes say.
    if (value === undefined || (/\s/.test(value) && !isIn('"', word, written))) unset.push(whole);
    return value ?? '';
  });
  if (unset[0] !== undefined) return failed(`the value of ${unset[0]} is not known here`);
  if (/\$[{@*#?\d!-]/.test(word.replace(VARIABLE, ''))) {
    return failed(`only a shell can say what ${cut(word)} is`);
  }
  if (/[*?]|\[.+\]/.test(word) && !isIn('"', word, written)) {
    return failed(`the shell replaces ${cut(word)} by names of files`);
  }
  return ok(/^~(?=\/|$)/.test(expanded) ? join(homedir(), expanded.slice(1)) : expanded);
}

/** Whether a word, or its value after `--option=`, stands in quotes. */
function isIn(quote: string, word: string, written: string): boolean {
  const value = word.replace(/^-{0,2}[\w-]+=/, '');
  return [word, value].some((text) => written.includes(`${quote}${text}${quote}`));
}

function cut(word: string): string {
  return word.length > 60 ? `${word.slice(0, 60)}\u2026` : word;
}
