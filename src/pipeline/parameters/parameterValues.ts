import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { dvcTags } from '../../project/dvc/dvcYaml';
import { extensionOf } from '../../project/files/paths';

/**
 * The values in a parameter file (YAML, JSON, TOML, Python); undefined where there is no file.
 * Problem `parameters-invalid`.
 */
export async function readParameterFile(root: string, file: string): Promise<Result<unknown>> {
  try {
    return await parseParameters(file, await readFile(join(root, file), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(undefined);
    return failed(describeInvalid(file, error));
  }
}

/** The same of a text; undefined where there is no file. */
export async function parseParameters(
  file: string,
  text: string | undefined,
): Promise<Result<unknown>> {
  if (text === undefined) return ok(undefined);
  const known = parsed.get(file);
  if (known?.text === text) return known.values;
  const values = await parseText(file, text);
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(file, { text, values });
  return values;
}

/** Files as they were read last: every stage has parameters of the same ones. */
const parsed = new Map<string, { readonly text: string; readonly values: Result<unknown> }>();
const MOST_PARSED = 100;

async function parseText(file: string, text: string): Promise<Result<unknown>> {
  const extension = extensionOf(file);
  if (extension === '.py') {
    const { readPythonValues } = await import('../../project/dvc/pythonValues');
    return readPythonValues(text, file);
  }
  try {
    return ok(parseValues(text, extension) ?? {});
  } catch (error) {
    return failed(describeInvalid(file, error));
  }
}

function describeInvalid(file: string, error: unknown): Problem {
  const message = `This parameter file cannot be read: ${firstLine(error)}`;
  return { code: 'parameters-invalid', message, file };
}

/** Integers that a double cannot hold become texts, which are as good to compare. */
function parseValues(text: string, extension: string): unknown {
  if (extension === '.json' && !LONG_NUMBER.test(text)) return JSON.parse(text);
  if (extension === '.toml') {
    return withoutBigInts(parseToml(text, { integersAsBigInt: 'asNeeded' }));
  }
  // JSON is YAML.
  return parseYaml(text, { logLevel: 'error', merge: true, customTags: dvcTags });
}

function withoutBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(withoutBigInts);
  if (!isContainer(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutBigInts(inner)]);
  return Object.fromEntries(entries) as unknown;
}

const LONG_NUMBER = /\d{16}|NaN|Infinity/;

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? '';
}

/** The value at `train.lr`, `layers.0`; undefined where there is none. */
export function parameterAt(values: unknown, key: string): unknown {
  let value = values;
  for (const part of key.split('.')) {
    if (!isContainer(value) || !Object.keys(value).includes(part)) return undefined;
    value = value[part];
  }
  return value;
}

/** The same where keys may hold dots themselves, as Kedro's `model.rate:` and its datasets of a namespace do. */
export function dottedParameterAt(values: unknown, key: string): unknown {
  if (!isContainer(values)) return undefined;
  if (Object.hasOwn(values, key)) return values[key];
  for (let dot = key.indexOf('.'); dot !== -1; dot = key.indexOf('.', dot + 1)) {
    const top = key.slice(0, dot);
    const value = Object.hasOwn(values, top)
      ? dottedParameterAt(values[top], key.slice(dot + 1))
      : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Equality as Python has it: the order of keys does not matter, and `True == 1`. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (!isContainer(a) || !isContainer(b)) return scalarOf(a) === scalarOf(b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameValue(a[key], b[key]))
  );
}

function scalarOf(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Date ? value.toISOString() : value;
}

/** `params.yaml: train.lr 0.1 -> 0.3`: one line for each value that differs, in a map or outside. */
export function describeChange(
  file: string,
  key: string,
  before: unknown,
  after: unknown,
): readonly string[] {
  if (isSameValue(before, after)) return [];
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((inner) =>
      describeChange(file, key === '' ? inner : `${key}.${inner}`, before[inner], after[inner]),
    );
  }
  const place = key === '' ? file : `${file}: ${key}`;
  if (before === undefined) return [`${place} is new: ${writeValue(after)}`];
  if (after === undefined) return [`${place} was removed; it was ${writeValue(before)}`];
  return [`${place} ${writeValue(before)} -> ${writeValue(after)}`];
}

const LONGEST_VALUE = 60;

function writeValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isContainer(value) && !Array.isArray(value);
}
