import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { $ZodIssue, $ZodType } from 'zod/v4/core';
import en from 'zod/v4/locales/en.js';
import * as z from 'zod/mini';
import { nearestWord } from '../base/nearest';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { configSchema, type Config } from './config';

export const CONFIG_FILE = 'preflight.yaml';

/** What `parseConfig` also tells: where each key stands, for evidence. */
export interface ParsedConfig {
  readonly config: Config;
  /** The 1-based line of a key, `['datasets', 'train']`; 1 where it is not written. */
  lineOf(path: readonly string[]): number;
}

/**
 * Reads preflight.yaml. Every mistake is one problem with its line and column: `yaml-invalid` for text that is not
 * YAML, `config-unknown-key` with the nearest known key, `config-invalid` for a value that does not fit.
 */
export function parseConfig(
  text: string,
  file = CONFIG_FILE,
): Result<ParsedConfig, readonly Problem[]> {
  const lines = new LineCounter();
  // Aliases are bounded against documents that explode when they are expanded.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return failed(
      document.errors.map((error) => ({
        code: 'yaml-invalid',
        message: `This is not valid YAML: ${error.message}`,
        file,
        ...positionAt(lines, error.pos[0]),
      })),
    );
  }
  const value = readValue(document, file);
  if (!value.ok) return value;
  const checked = configSchema.safeParse(value.value, { error: en().localeError });
  const place = (path: readonly PropertyKey[]) => positionAt(lines, offsetOf(document, path));
  if (!checked.success)
    return failed(checked.error.issues.flatMap((issue) => explainIssue(issue, file, place)));
  return ok({ config: checked.data, lineOf: (path) => place(path).line });
}

function readValue(document: Document, file: string): Result<unknown, readonly Problem[]> {
  try {
    return ok(document.toJS({ maxAliasCount: 100 }) ?? {});
  } catch (error) {
    // The only thing that can be wrong in a document without errors is its aliases.
    const message = error instanceof Error ? error.message : String(error);
    return failed([
      { code: 'yaml-invalid', message: `This YAML cannot be expanded: ${message}`, file, line: 1 },
    ]);
  }
}

type Place = (path: readonly PropertyKey[]) => { line: number; column: number };

function explainIssue(issue: $ZodIssue, file: string, place: Place): Problem[] {
  const where = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') {
    const message = where === '' ? issue.message : `"${where}": ${issue.message}`;
    return [{ code: 'config-invalid', message: `${message}.`, file, ...place(issue.path) }];
  }
  return issue.keys.map((key) => {
    const known = nearestWord(key, knownKeys(issue.path));
    return {
      code: 'config-unknown-key',
      message: `Unknown key "${key}"${where === '' ? '' : ` in "${where}"`}.`,
      file,
      ...place([...issue.path, key]),
      ...(known === undefined ? {} : { fix: `Did you mean "${known}"?` }),
    };
  });
}

/** The keys that the schema knows at a path; records accept any key on the way. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let type: $ZodType | undefined = configSchema;
  for (const key of path) {
    const { shape, valueType } = partsOf(type);
    type = valueType ?? shape[String(key)];
  }
  return Object.keys(partsOf(type).shape);
}

interface TypeParts {
  readonly shape: Readonly<Record<string, $ZodType>>;
  readonly valueType?: $ZodType;
}

/** The members of an object's type or of a record's, under what makes it optional. */
function partsOf(type: $ZodType | undefined): TypeParts {
  if (type instanceof z.ZodMiniOptional) return partsOf(type._zod.def.innerType);
  if (type instanceof z.ZodMiniObject) return { shape: type._zod.def.shape };
  if (type instanceof z.ZodMiniRecord) return { shape: {}, valueType: type._zod.def.valueType };
  return { shape: {} };
}

/** The offset of the key at a path, else of its nearest written ancestor. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => String(item.key) === String(key));
    if (pair === undefined) break;
    offset = (pair.key as { range?: readonly number[] }).range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

function positionAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
