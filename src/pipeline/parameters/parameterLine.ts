import { extensionOf } from '../../project/files/paths';
import { parseYaml, type YamlNode } from '../../project/yamlNode';

/**
 * The line of a key like `train.lr` in a parameter file, counted from 1. Where the key is not there, that of what it
 * would be in; undefined where there is nothing of it.
 * @param file its name says the format
 */
export function lineOfParameter(text: string, file: string, key: string): number | undefined {
  const format = extensionOf(file);
  if (format === '.toml' || format === '.py') return lineInText(text, key, format);
  // JSON is YAML.
  return lineInYaml(parseYaml(text, file).root, key);
}

/** Keys may hold dots themselves. */
function lineInYaml(node: YamlNode, key: string): number | undefined {
  const above = node.entries().filter((entry) => key.startsWith(`${entry.key}.`));
  const own = node.entries().find((entry) => entry.key === key);
  if (own !== undefined) return own.line;
  for (const { key: name, value } of above) {
    const line = lineInYaml(value, key.slice(name.length + 1));
    if (line !== undefined) return line;
  }
  return above[0]?.line;
}

/** In TOML and Python: the first assignment to the key after the heading of the table or class that it is in. */
function lineInText(text: string, key: string, format: '.toml' | '.py'): number | undefined {
  const lines = text.split('\n');
  const parts = key.split('.');
  for (let depth = parts.length - 1; depth >= 0; depth--) {
    const heading = headingOf(parts.slice(0, depth), format);
    const start = depth === 0 ? 0 : lines.findIndex((line) => heading.test(line)) + 1;
    if (depth > 0 && start === 0) continue;
    const assignment = assignmentOf(parts.slice(depth), format);
    const found = lines.slice(start).findIndex((line) => assignment.test(line));
    if (found >= 0) return start + found + 1;
    if (start > 0) return start;
  }
  return undefined;
}

function headingOf(parts: readonly string[], format: '.toml' | '.py'): RegExp {
  if (format === '.py') return new RegExp(`^\\s*class\\s+${escapeRegExp(parts.at(-1) ?? '')}\\b`);
  return new RegExp(`^\\s*\\[\\s*${inToml(parts)}\\s*\\]`);
}

function assignmentOf(parts: readonly string[], format: '.toml' | '.py'): RegExp {
  if (format === '.toml') return new RegExp(`^\\s*${inToml(parts)}\\s*=`);
  const [first = ''] = parts;
  return new RegExp(`^\\s*(?:self\\.)?${escapeRegExp(first)}\\s*(?::[^=]*)?=`);
}

function inToml(parts: readonly string[]): string {
  return parts.map((part) => `["']?${escapeRegExp(part)}["']?`).join('\\s*\\.\\s*');
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
