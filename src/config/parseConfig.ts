import en from 'zod/v4/locales/en.js';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { expandYaml, explainIssues, openYaml } from './checkedYaml';
import { configSchema, type Config } from './config';

export const CONFIG_FILE = 'preflight.yaml';

/** What `parseConfig` also tells: where each key stands, for evidence. */
export interface ParsedConfig {
  readonly config: Config;
  /** The 1-based line of a key, `['datasets', 'train']`; 1 where it is not written. */
  lineOf(path: readonly string[]): number;
}

/** Every command reads it twice: for the project's stages, and for what it says of the command. */
let last:
  | {
      readonly text: string;
      readonly file: string;
      readonly parsed: ReturnType<typeof parse>;
    }
  | undefined;

/**
 * Reads preflight.yaml. Every mistake is one problem with its line and column: `yaml-invalid` for text that is not
 * YAML, `config-unknown-key` with the nearest known key, `config-invalid` for a value that does not fit.
 */
export function parseConfig(
  text: string,
  file = CONFIG_FILE,
): Result<ParsedConfig, readonly Problem[]> {
  if (last?.text !== text || last.file !== file) last = { text, file, parsed: parse(text, file) };
  return last.parsed;
}

function parse(text: string, file: string): Result<ParsedConfig, readonly Problem[]> {
  const opened = openYaml(text, file);
  if (!opened.ok) return opened;
  const { document, placeOf } = opened.value;
  const value = expandYaml((options) => document.toJS(options) ?? {});
  if (!value.ok) return failed([{ ...value.problem, ...placeOf([]) }]);
  const checked = configSchema.safeParse(value.value, { error: en().localeError });
  if (!checked.success) {
    const { issues } = checked.error;
    return failed(explainIssues(issues, { kind: 'config', type: configSchema, placeOf }));
  }
  return ok({ config: checked.data, lineOf: (path) => placeOf(path).line });
}
