import { DEFAULT_WRITING, type OptionWriting } from './writeOptions';

/** The settings of one section by name (https://dvc.org/doc/user-guide/project-structure/configuration). */
export type DvcSection = Readonly<Record<string, string>>;

/**
 * One section of a configuration file of DVC: sections in brackets, `name = value`, quotes around either, comments
 * behind `#`. What cannot be read is left out.
 */
export function readDvcSection(text: string, name: string): DvcSection {
  const settings: Record<string, string> = {};
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*(.*?)\s*\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) section = unquote(header).toLowerCase();
    const [, key, value] =
      /^\s*([^#=[\]]+?)\s*=\s*("[^"]*"|'[^']*'|[^#]*?)\s*(?:#.*)?$/.exec(line) ?? [];
    if (section !== name || key === undefined || value === undefined) continue;
    settings[unquote(key).toLowerCase()] = unquote(value);
  }
  return settings;
}

function unquote(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}

/** How maps become options, by the files' texts: what comes later wins. */
export function readOptionWriting(texts: readonly string[]): OptionWriting {
  const settings = Object.assign(
    {},
    ...texts.map((text) => readDvcSection(text, 'parsing')),
  ) as DvcSection;
  return {
    bool: settings['bool'] === 'boolean_optional' ? 'boolean_optional' : DEFAULT_WRITING.bool,
    list: settings['list'] === 'append' ? 'append' : DEFAULT_WRITING.list,
  };
}
