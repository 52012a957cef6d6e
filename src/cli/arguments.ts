import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearestWord } from '../base/nearest';
import { failed, ok, type Result } from '../base/result';

export const FORMATS = ['text', 'json', 'markdown', 'junit', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** What was typed after the command's name, checked. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** As given or the current folder; not yet resolved. */
  readonly project: string;
  readonly format: Format;
}

/** The options that one command takes besides `--project`, `--format` and `--help`. */
export interface CommandOptions {
  /** Without a value: `--dry-run`. */
  readonly flags?: readonly string[];
  /** With a value, repeatable: `--accept RULE:COLUMN`. */
  readonly values?: readonly string[];
  readonly formats: readonly Format[];
  readonly maxPositionals: number;
}

/** Problem `usage` for anything that the command does not take. */
export function parseArguments(
  words: readonly string[],
  options: CommandOptions,
): Result<Arguments> {
  const definitions: ParseArgsConfig['options'] = {
    project: { type: 'string' },
    format: { type: 'string' },
  };
  for (const name of options.flags ?? []) definitions[name] = { type: 'boolean' };
  for (const name of options.values ?? []) definitions[name] = { type: 'string', multiple: true };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...words],
      options: definitions,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    return usageOf(error, Object.keys(definitions));
  }
  if (parsed.positionals.length > options.maxPositionals) {
    return usage(`One argument too many: "${parsed.positionals[options.maxPositionals]}".`);
  }
  const format = FORMATS.find((name) => name === (parsed.values.format ?? 'text'));
  if (format === undefined || !options.formats.includes(format)) {
    return usage(
      `--format takes ${options.formats.join(', ')} here, not "${String(parsed.values.format)}".`,
    );
  }
  return ok({
    positionals: parsed.positionals,
    flags: new Set((options.flags ?? []).filter((name) => parsed.values[name] === true)),
    values: new Map((options.values ?? []).map((name) => [name, listOf(parsed.values[name])])),
    project: typeof parsed.values.project === 'string' ? parsed.values.project : '.',
    format,
  });
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** What Node's parser refuses, in a sentence. https://nodejs.org/api/errors.html */
function usageOf(error: unknown, names: readonly string[]): Result<never> {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const word = /'(-[^']*)'/.exec(message)?.[1] ?? '';
    const near = nearestWord(word.replace(/^-+/, ''), names);
    const fix = near === undefined ? undefined : `Did you mean "--${near}"?`;
    return usage(`There is no option "${word}" here.`, fix);
  }
  return usage(`${message.replace(/[.\s]+$/, '').replaceAll('\n', ' ')}.`);
}

function usage(message: string, fix?: string): Result<never> {
  const help = 'Run `ml-preflight --help` for what it takes.';
  return failed({ code: 'usage', message, fix: fix ?? help });
}
