import { failed, ok, type Result } from '../../base/result';
import { resolvePath } from '../../project/files/paths';
import { withoutWrappers } from '../../project/shell/scriptRuns';
import { splitCommands } from '../../project/shell/simpleCommands';
import { expandWords } from './expandWords';

/** One simple command of a stage, with what the shell would have made of it. */
export interface ShellCommand {
  /** The program and its arguments, without what wraps it (`poetry run`) and what it writes to. */
  readonly words: readonly string[];
  /** Set for this command, or exported before it. */
  readonly env: Readonly<Record<string, string>>;
  /** Relative to the project's root. */
  readonly cwd: string;
  readonly text: string;
  /** Files that its output goes to. */
  readonly redirected: readonly string[];
}

/** A command that only a shell can understand, and why. */
export interface UnclearCommand {
  readonly text: string;
  /** A phrase: `$RUN_ID is not set`. */
  readonly why: string;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
/** Words of the shell's grammar before a command. */
const KEYWORDS = new Set(['then', 'do', 'else', '!', '{', '(', 'if', 'while', 'until']);
const REDIRECTION = /^(?:\d*|&)(?:>>|>\||>&|>)(.*)$/s;

/**
 * The simple commands of a shell text in order, each with its folder and variables as `cd`, `export` and assignments
 * before it leave them. Nothing is run: what only a shell could know (`$(…)`, patterns of files) makes a command unclear.
 */
export function shellCommands(
  text: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): readonly Result<ShellCommand, UnclearCommand>[] {
  const commands: Result<ShellCommand, UnclearCommand>[] = [];
  const exported: Record<string, string> = {};
  const variables: Record<string, string> = {};
  let folder: string | undefined = cwd;
  for (const { words, text: written } of splitCommands(text)) {
    const expanded = expandWords(withoutKeywords(words), written, { ...env, ...variables });
    if (!expanded.ok) {
      commands.push(failed({ text: written, why: expanded.problem }));
      continue;
    }
    const { plain, redirected, reads } = takeRedirections(expanded.value);
    const { rest, before } = unwrap(plain);
    const own = assignmentsIn(before);
    const [first, second = ''] = rest;
    if (first === undefined) Object.assign(variables, own);
    else if (first === 'cd') folder = folder && resolvePath(folder, second || '.');
    else if (first === 'export') exportAll(rest.slice(1), exported, variables);
    else if (folder === undefined) {
      commands.push(failed({ text: written, why: 'it runs in a folder outside of the project' }));
    } else if (reads) {
      commands.push(failed({ text: written, why: 'the shell gives it a file as its input' }));
    } else {
      const both = { ...exported, ...own };
      commands.push(ok({ words: rest, env: both, cwd: folder, text: written, redirected }));
    }
  }
  return commands;
}

/** `uv run -m x` and `coverage run -m x` run a module: the wrapper's option is Python's as well. */
function unwrap(words: readonly string[]): {
  readonly rest: readonly string[];
  readonly before: readonly string[];
} {
  const rest = withoutWrappers(words);
  const before = words.slice(0, words.length - rest.length);
  const isModule = ['-m', '--module'].includes(before.at(-1) ?? '');
  return { rest: isModule ? ['python', '-m', ...rest] : rest, before };
}

function withoutKeywords(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !KEYWORDS.has(word));
  return start === -1 ? [] : words.slice(start);
}

function assignmentsIn(words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.flatMap((word) => {
      const [, name, value] = ASSIGNMENT.exec(word) ?? [];
      return name === undefined ? [] : [[name, value ?? '']];
    }),
  );
}

function exportAll(
  words: readonly string[],
  exported: Record<string, string>,
  variables: Record<string, string>,
): void {
  Object.assign(variables, assignmentsIn(words));
  for (const word of words) {
    const name = word.split('=', 1)[0] ?? '';
    const value = variables[name];
    if (value !== undefined) exported[name] = value;
  }
}

function takeRedirections(words: readonly string[]): {
  readonly plain: readonly string[];
  readonly redirected: readonly string[];
  readonly reads: boolean;
} {
  const plain: string[] = [];
  const redirected: string[] = [];
  let reads = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const target = REDIRECTION.exec(word)?.[1];
    if (/^\d*<(?!\()/.test(word)) reads = true;
    if (target === undefined) plain.push(word);
    // `2>&1` goes where the rest goes.
    else if (target === '') redirected.push(words[++index] ?? '');
    else if (!/^&?\d$/.test(target)) redirected.push(target);
  }
  return { plain, redirected, reads };
}
