import { isMap, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { $ZodIssue, $ZodType, $ZodTypes } from 'zod/v4/core';
import { nearestWord } from '../base/nearest';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';

/** A place in a YAML file, 1-based. */
export interface YamlPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A YAML file of ours, open for its values and for the places of its keys. */
export interface YamlText {
  readonly document: Document;
  /**
   * Where the key at a path stands, else its nearest written ancestor. A number counts the items of a list, or the
   * keys of a map.
   */
  readonly placeOf: (path: readonly PropertyKey[]) => YamlPlace;
}

/** Problems `yaml-invalid`, each with its line and column. */
export function openYaml(text: string, file: string): Result<YamlText, readonly Problem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): YamlPlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    return failed(
      document.errors.map((error) => ({
        code: 'yaml-invalid',
        message: `This is not valid YAML: ${error.message}`,
        ...at(error.pos[0]),
      })),
    );
  }
  return ok({ document, placeOf: (path) => at(offsetOf(document, path)) });
}

/** What a YAML node stands for; bounded against documents that explode when their aliases are expanded. */
export function expandYaml(read: (options: { maxAliasCount: number }) => unknown): Result<unknown> {
  try {
    return ok(read({ maxAliasCount: 100 }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failed({
      code: 'yaml-invalid',
      message: `This YAML cannot be expanded: ${message}`,
    });
  }
}

/**
 * The mistakes of a file as problems at their places: `<kind>-unknown-key` with the nearest known key, else
 * `<kind>-invalid`.
 * @param type what the file should have been
 */
export function explainIssues(
  issues: readonly $ZodIssue[],
  {
    kind,
    type,
    placeOf,
  }: Pick<YamlText, 'placeOf'> & { readonly kind: string; readonly type: $ZodType },
): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const where = issue.path
      .filter((step) => typeof step !== 'number')
      .map(String)
      .join('.');
    if (issue.code !== 'unrecognized_keys') {
      const message = where === '' ? issue.message : `"${where}": ${issue.message}`;
      return [{ code: `${kind}-invalid`, message: `${message}.`, ...placeOf(issue.path) }];
    }
    return issue.keys.map((key) => {
      const known = nearestWord(key, knownKeys(type, issue.path));
      return {
        code: `${kind}-unknown-key`,
        message: `Unknown key "${key}"${where === '' ? '' : ` in "${where}"`}.`,
        ...placeOf([...issue.path, key]),
        ...(known === undefined ? {} : { fix: `Did you mean "${known}"?` }),
      };
    });
  });
}

/** The keys that a type knows at a path; records and lists accept any step on the way. */
function knownKeys(type: $ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current: $ZodType | undefined = type;
  for (const step of path) {
    const { shape, element } = partsOf(current);
    current = element ?? shape[String(step)];
  }
  return Object.keys(partsOf(current).shape);
}

interface TypeParts {
  readonly shape: Readonly<Record<string, $ZodType>>;
  /** Of records and lists. */
  readonly element?: $ZodType;
}

function partsOf(type: $ZodType | undefined): TypeParts {
  const definition = (type as $ZodTypes | undefined)?._zod.def;
  if (definition?.type === 'optional') return partsOf(definition.innerType);
  if (definition?.type === 'object') return { shape: definition.shape };
  if (definition?.type === 'record') return { shape: {}, element: definition.valueType };
  if (definition?.type === 'array') return { shape: {}, element: definition.element };
  return { shape: {} };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
      continue;
    }
    if (!isMap(node)) break;
    const pair =
      typeof step === 'number'
        ? node.items[step]
        : node.items.find((item) => String(item.key) === String(step));
    if (pair === undefined) break;
    offset = (pair.key as Node).range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}
