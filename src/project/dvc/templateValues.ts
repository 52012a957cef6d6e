import type { Problem } from '../../base/problem';
import type { FileIndex } from '../fileIndex';
import { extensionOf, resolvePath } from '../paths';
import { parseYaml, type YamlNode } from '../yamlNode';
import type { Values } from '../template';
import { pythonNumber } from './pythonNumber';

/** The values of `params.yaml` in the folder of a dvc.yaml, which DVC reads without being asked. */
export async function readDefaultValues(files: FileIndex, folder: string): Promise<Values> {
  const path = resolvePath(folder, 'params.yaml');
  if (path === undefined || !files.has(path)) return {};
  return (await readValues(files, path)) ?? {};
}

/**
 * The values of a `vars:` list: files (`params.json`, `params.json:a,b`) and maps, over those known before.
 * Problem `dvc-template-unsupported` for a file that cannot be read as YAML or JSON.
 */
export async function addVars(
  files: FileIndex,
  place: { readonly file: string; readonly folder: string },
  vars: YamlNode | undefined,
  known: Values,
  problems: Problem[],
): Promise<Values> {
  let values = known;
  for (const item of vars?.items() ?? []) {
    const name = item.text;
    const added =
      name === undefined
        ? asValues(item.toValue(pythonNumber))
        : await readVarsFile(files, place.folder, name);
    if (added !== undefined) values = mergeValues(values, added);
    else {
      problems.push({
        code: 'dvc-template-unsupported',
        message: `The values of ${name ?? 'this entry of vars'} cannot be read.`,
        file: place.file,
        line: item.line,
        column: item.column,
      });
    }
  }
  return values;
}

async function readVarsFile(
  files: FileIndex,
  folder: string,
  name: string,
): Promise<Values | undefined> {
  const [, path = name, keys] = /^(.+?\.\w+)(?::(.+))?$/.exec(name) ?? [];
  const resolved = resolvePath(folder, path);
  const values = resolved === undefined ? undefined : await readValues(files, resolved);
  if (values === undefined || keys === undefined) return values;
  const wanted = new Set(keys.split(',').map((key) => key.trim()));
  return Object.fromEntries(Object.entries(values).filter(([key]) => wanted.has(key)));
}

async function readValues(files: FileIndex, path: string): Promise<Values | undefined> {
  // JSON is YAML. TOML and Python files are not read yet.
  if (!['.yaml', '.yml', '.json'].includes(extensionOf(path))) return undefined;
  const text = await files.readText(path);
  return text.ok ? asValues(parseYaml(text.value, path).root.toValue(pythonNumber)) : undefined;
}

function asValues(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Values)
    : undefined;
}

function mergeValues(below: Values, above: Values): Values {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const [a, b] = [asValues(merged[key]), asValues(value)];
    merged[key] = a !== undefined && b !== undefined ? mergeValues(a, b) : value;
  }
  return merged;
}
