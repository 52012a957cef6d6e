import type { CallExpression, Expression, Scope } from './syntax';

/** One `add_argument` of argparse. */
export interface ProgramOption {
  /** The name of the value: `n_estimators` of `--n-estimators`. */
  readonly name: string;
  /** `-c`, `--config`; empty for a positional argument. */
  readonly flags: readonly string[];
  readonly isSwitch: boolean;
  readonly isRequired: boolean;
  readonly defaultValue?: Expression;
  /** Where the default is to be understood. */
  readonly scope: Scope;
}

/** Reads a call of `add_argument`; undefined where its names are not written out. */
export function readOption(call: CallExpression, scope: Scope): ProgramOption | undefined {
  const names = call.positional.flatMap((name) => (name.kind === 'text' ? [name.text] : []));
  const flags = names.filter((name) => name.startsWith('-'));
  const [positional] = names;
  const long = flags.find((flag) => flag.startsWith('--')) ?? flags[0];
  const destination = keyword(call, 'dest');
  const name =
    destination?.kind === 'text'
      ? destination.text
      : (long?.replace(/^-+/, '').replaceAll('-', '_') ?? positional);
  if (name === undefined) return undefined;
  const action = keyword(call, 'action');
  const nargs = keyword(call, 'nargs');
  const isOptional = nargs?.kind === 'text' && /^[?*]$/.test(nargs.text);
  const defaultValue = keyword(call, 'default');
  return {
    name,
    flags,
    isSwitch:
      action?.kind === 'text' &&
      /^(?:store_true|store_false|count|version|help)$/.test(action.text),
    isRequired:
      flags.length === 0
        ? defaultValue === undefined && !isOptional
        : isTrue(keyword(call, 'required')),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    scope,
  };
}

/** What the words after a script give to its options: by name; unknown words are skipped. */
export function matchArguments(
  options: readonly ProgramOption[],
  words: readonly string[],
): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const positional = options.filter((option) => option.flags.length === 0);
  for (let index = 0; index < words.length; index++) {
    const [flag, inline] = splitFlag(words[index] ?? '');
    if (!/^--?[A-Za-z]/.test(flag)) {
      const next = positional.shift();
      if (next !== undefined) given.set(next.name, words[index] ?? '');
      continue;
    }
    const option = options.find((one) => one.flags.includes(flag));
    if (option?.isSwitch === true) continue;
    const value = inline ?? words[++index];
    if (option !== undefined && value !== undefined) given.set(option.name, value);
  }
  return given;
}

function splitFlag(word: string): readonly [string, string?] {
  const equals = word.indexOf('=');
  if (!word.startsWith('-') || equals === -1) return [word];
  return [word.slice(0, equals), word.slice(equals + 1)];
}

function keyword(call: CallExpression, name: string): Expression | undefined {
  return call.keywords.find((one) => one.name === name)?.value;
}

function isTrue(value: Expression | undefined): boolean {
  return value?.kind === 'constant' && value.value === true;
}
