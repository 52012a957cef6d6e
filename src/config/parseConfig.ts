import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { $ZodIssue } from 'zod/v4/core';
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
  const checked = configSchema.safeParse(value.value);
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

interface SchemaNode {
  readonly shape?: Readonly<Record<string, SchemaNode>>;
  readonly valueType?: SchemaNode;
  unwrap?(): SchemaNode;
}

/** The keys that the schema knows at a path; records accept any key on the way. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let node: SchemaNode | undefined = configSchema as unknown as SchemaNode;
  for (const key of path) {
    node = unwrapped(node);
    node = node?.valueType ?? node?.shape?.[String(key)];
  }
  return Object.keys(unwrapped(node)?.shape ?? {});
}

function unwrapped(node: SchemaNode | undefined): SchemaNode | undefined {
  let inner = node;
  while (inner?.unwrap !== undefined) inner = inner.unwrap();
  return inner;
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
