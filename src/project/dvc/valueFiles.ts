import { parse as parseToml } from 'smol-toml';
import type { ScalarTag } from 'yaml';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { extensionOf } from '../files/paths';
import { parseYaml, type YamlDialect, type YamlNode } from '../yamlNode';
import { dvcTags } from './dvcYaml';
import type { Values } from './interpolate';
import { pythonFloat, pythonNumber } from './pythonNumber';
import { isMap } from './writeOptions';

/**
 * The values in a file that `vars` names, for `${…}`: YAML, JSON, TOML or Python. Numbers become texts as Python
 * writes them. A problem where the file is not of its format or holds no map.
 */
export async function readValueFile(text: string, file: string): Promise<Result<Values>> {
  const values = await readAny(text, file);
  if (!values.ok || isMap(values.value)) return values as Result<Values>;
  const message = 'This file holds no map of values.';
  return failed({ code: 'dvc-invalid', message, file, line: 1 });
}

async function readAny(text: string, file: string): Promise<Result<unknown>> {
  switch (extensionOf(file)) {
    case '.py': {
      const { readPythonValues } = await import('./pythonValues');
      return readPythonValues(text, file, pythonNumber);
    }
    case '.toml':
      return readToml(text, file);
    default: {
      // JSON is YAML.
      const { root, problems } = parseYaml(text, file, VALUES_YAML);
      const problem = problems[0] ?? findDate(root, file);
      return problem === undefined ? ok(root.toValue(pythonNumber) ?? {}) : failed(problem);
    }
  }
}

/** A day or a moment that no quotes make a text (https://yaml.org/type/timestamp.html). */
const timestamp: ScalarTag = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true,
  test: /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?$/,
  resolve: () => new Date(0),
};

const VALUES_YAML: YamlDialect = { customTags: (tags) => [timestamp, ...dvcTags(tags)] };

/** DVC ends with an error where there is a date, whether it is used or not. */
function findDate(root: YamlNode, file: string): Problem | undefined {
  const open = [root];
  for (const node of open) {
    if (open.length > MOST_NODES) return undefined;
    if (node.isScalar && node.toValue() instanceof Date) {
      const message = 'DVC takes no dates in a file of values.';
      return { code: 'dvc-invalid', message, file, line: node.line, fix: 'Put it in quotes.' };
    }
    if (node.isList) open.push(...node.items());
    open.push(...node.entries().map(({ value }) => value));
  }
  return undefined;
}

const MOST_NODES = 100_000;

function readToml(text: string, file: string): Result<unknown> {
  try {
    return ok(withPythonNumbers(parseToml(text, { integersAsBigInt: true })));
  } catch (error) {
    const { message, line } = error as Error & { line?: number };
    const summary = message.split('\n')[0] ?? message;
    return failed({
      code: 'toml-invalid',
      message: `This is not valid TOML: ${summary}`,
      file,
      line: line ?? 1,
    });
  }
}

function withPythonNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return pythonFloat(value);
  if (Array.isArray(value)) return value.map(withPythonNumbers);
  if (!isMap(value) || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withPythonNumbers(inner)]),
  );
}
