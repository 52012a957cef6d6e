import type { Expander } from './expander';
import { splitArguments, splitWords } from './makeSyntax';

type MakeFunction = (words: readonly string[], variables: Expander) => string | undefined;

/** Functions whose arguments are expanded before they are called, with how many they take at most. */
const FUNCTIONS: Readonly<Record<string, readonly [most: number, call: MakeFunction]>> = {
  subst: [3, ([from = '', to = '', text = '']) => (from === '' ? text : text.replaceAll(from, to))],
  patsubst: [
    3,
    ([from = '', to = '', text = '']) =>
      mapWords(`patsubst ${from},${to},`, text, (word) => substitute(word, from, to)),
  ],
  strip: [1, ([text = '']) => splitWords(text).join(' ')],
  findstring: [2, ([find = '', text = '']) => (text.includes(find) ? find : '')],
  filter: [2, ([patterns = '', text = '']) => filterWords(text, patterns, true)],
  'filter-out': [2, ([patterns = '', text = '']) => filterWords(text, patterns, false)],
  sort: [1, ([text = '']) => [...new Set(splitWords(text))].sort().join(' ')],
  word: [2, ([at = '', text = '']) => splitWords(text)[Number(at) - 1] ?? ''],
  wordlist: [
    3,
    ([from = '', to = '', text = '']) =>
      splitWords(text)
        .slice(Number(from) - 1, Number(to))
        .join(' '),
  ],
  words: [1, ([text = '']) => String(splitWords(text).length)],
  firstword: [1, ([text = '']) => splitWords(text)[0] ?? ''],
  lastword: [1, ([text = '']) => splitWords(text).at(-1) ?? ''],
  dir: [1, ([text = '']) => mapWords('dir ', text, (word) => /^.*\//s.exec(word)?.[0] ?? './')],
  notdir: [1, ([text = '']) => mapWords('notdir ', text, (word) => word.replace(/^.*\//s, ''))],
  suffix: [
    1,
    ([text = '']) =>
      splitWords(mapWords('suffix ', text, (word) => /\.[^./]*$/.exec(word)?.[0] ?? '')).join(' '),
  ],
  basename: [
    1,
    ([text = '']) => mapWords('basename ', text, (word) => word.replace(/\.[^./]*$/, '')),
  ],
  addsuffix: [2, ([suffix = '', text = '']) => changeWords(text, (word) => word + suffix)],
  addprefix: [2, ([prefix = '', text = '']) => changeWords(text, (word) => prefix + word)],
  join: [2, ([first = '', second = '']) => joinWords(splitWords(first), splitWords(second))],
  wildcard: [
    1,
    ([patterns = ''], { files }) =>
      splitWords(patterns)
        .flatMap((one) => files.wildcard(one))
        .join(' '),
  ],
  value: [1, ([name = ''], variables) => variables.raw(name)],
  // What these say depends on the machine, or is only said to whoever runs make.
  realpath: [1, () => undefined],
  abspath: [1, () => undefined],
  info: [1, () => ''],
  warning: [1, () => ''],
  error: [1, () => ''],
  origin: [1, () => undefined],
  flavor: [1, () => undefined],
  // Never run: their values are not known.
  shell: [1, () => undefined],
  file: [2, () => undefined],
  guile: [1, () => undefined],
  eval: [
    1,
    ([text = ''], { files }) => {
      files.evaluate?.(text);
      return '';
    },
  ],
};

/** Functions that count words, or look into the text as a whole. */
const NEEDS_ALL = new Set([
  'subst',
  'findstring',
  'word',
  'wordlist',
  'words',
  'firstword',
  'lastword',
  'join',
]);

/** Functions that choose which of their arguments they expand. */
const LAZY = new Set(['if', 'or', 'and', 'foreach', 'call', 'let']);

/** More rounds of one loop than this are not made. */
const MOST_ROUNDS = 10_000;

export function isMakeFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name) || LAZY.has(name);
}

/** The value of a call; undefined where only running could tell. */
export function callMakeFunction(
  name: string,
  text: string,
  variables: Expander,
): string | undefined {
  if (LAZY.has(name)) return callLazy(name, text, variables);
  const [most, call] = FUNCTIONS[name] ?? [1, () => undefined];
  const words = splitArguments(text, most).map((word) => variables.expand(word));
  // Words in an unknown part are unknown in number; of the other lists each word is treated by itself.
  return NEEDS_ALL.has(name) && words.some(isUnknown) ? undefined : call(words, variables);
}

function callLazy(name: string, text: string, variables: Expander): string | undefined {
  const parts = splitArguments(text);
  switch (name) {
    case 'if': {
      const condition = variables.expand(parts[0]?.trim() ?? '');
      if (isUnknown(condition)) return undefined;
      return variables.expand((condition === '' ? parts.slice(2).join(',') : parts[1]) ?? '');
    }
    case 'or':
      return parts.map((part) => variables.expand(part.trim())).find((part) => part !== '') ?? '';
    case 'and': {
      const values = parts.map((part) => variables.expand(part.trim()));
      return values.includes('') ? '' : values.at(-1);
    }
    case 'foreach':
      return forEach(parts, variables);
    case 'call':
      return callOwn(parts, variables);
    default:
      return undefined;
  }
}

function forEach(parts: readonly string[], variables: Expander): string {
  const [name = '', list = '', ...body] = parts;
  const scope = variables.scope(name);
  return splitWords(variables.expand(list))
    .slice(0, MOST_ROUNDS)
    .map((word) => {
      scope.set(variables.expand(name).trim(), word, false);
      return scope.expand(body.join(','));
    })
    .join(' ');
}

function callOwn(parts: readonly string[], variables: Expander): string | undefined {
  const [name = '', ...values] = parts.map((part) => variables.expand(part));
  const own = name.trim();
  if (isMakeFunction(own)) return callMakeFunction(own, values.join(','), variables);
  const scope = variables.scope(own);
  [own, ...values].forEach((value, at) => scope.set(String(at), value, false));
  return scope.expand(variables.raw(own));
}

/** Whether a text has a part that could not be expanded. */
export function isUnknown(text: string): boolean {
  return /\$[({]/.test(text);
}

/** @param call the function as it is written before its last argument, for words that are not known */
function mapWords(call: string, text: string, change: (word: string) => string): string {
  return changeWords(text, (word) => (isUnknown(word) ? `$(${call}${word})` : change(word)));
}

function changeWords(text: string, change: (word: string) => string): string {
  return splitWords(text).map(change).join(' ');
}

function filterWords(text: string, patterns: string, isWanted: boolean): string {
  const wanted = splitWords(patterns);
  return splitWords(text)
    .filter(
      (word) =>
        isUnknown(word) ||
        wanted.some((pattern) => matchStem(word, pattern) !== undefined) === isWanted,
    )
    .join(' ');
}

function joinWords(first: readonly string[], second: readonly string[]): string {
  const length = Math.max(first.length, second.length);
  return Array.from({ length }, (_, at) => (first[at] ?? '') + (second[at] ?? '')).join(' ');
}

function substitute(word: string, from: string, to: string): string {
  const stem = matchStem(word, from);
  if (stem === undefined) return word;
  return from.includes('%') ? to.replace('%', stem) : to;
}

/** What `%` stands for, where a word is of a pattern; the empty text for a pattern without one. */
export function matchStem(word: string, pattern: string): string | undefined {
  const at = pattern.indexOf('%');
  if (at === -1) return word === pattern ? '' : undefined;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  const isLong = word.length >= before.length + after.length;
  if (!isLong || !word.startsWith(before) || !word.endsWith(after)) return undefined;
  return word.slice(before.length, word.length - after.length);
}
