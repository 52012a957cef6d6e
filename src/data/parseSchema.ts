import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';
import * as z from 'zod';
import type { $ZodIssue } from 'zod/v4/core';
import { nearestWord } from '../base/nearest';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import type { Schema } from './schema';

const COLUMN_KEYS = {
  type: z.exactOptional(
    z.enum(['boolean', 'integer', 'number', 'string', 'date', 'timestamp', 'other']),
  ),
  required: z.exactOptional(z.boolean()),
  nulls: z.exactOptional(z.number().min(0).max(1)),
  values: z.exactOptional(z.array(z.string()).min(1)),
  drift: z.exactOptional(z.union([z.number().min(0), z.literal('ignore')])),
};

const HAS_DOMAIN: ReadonlySet<string> = new Set(['string', 'boolean']);

const SCHEMA_KEYS = {
  version: z.exactOptional(z.literal(1)),
  extraColumns: z.exactOptional(z.enum(['allow', 'warning', 'error'])),
  columns: z.array(
    z
      .strictObject({ ...COLUMN_KEYS, name: z.string() })
      .refine(({ type = 'string', values }) => values === undefined || HAS_DOMAIN.has(type), {
        message: 'Only texts and booleans can have a domain',
        path: ['values'],
      }),
  ),
};

const schemaFile = z.strictObject(SCHEMA_KEYS);

/**
 * Reads a schema file. Every mistake is one problem with its line: `yaml-invalid`, `schema-unknown-key` with the
 * nearest known key, `schema-invalid`.
 */
export function parseSchema(text: string, file: string): Result<Schema, readonly Problem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const message = `This is not valid YAML: ${error.message}`;
    return failed([{ code: 'yaml-invalid', message, ...at(error.pos[0]) }]);
  }
  const value = schemaValue(document);
  if (!value.ok) return failed([{ ...value.problem, ...at(0) }]);
  const checked = schemaFile.safeParse(value.value);
  if (!checked.success) {
    const place = (path: readonly PropertyKey[]) => at(offsetOf(document, path));
    return failed(checked.error.issues.flatMap((issue) => explain(issue, place)));
  }
  const { extraColumns, columns } = checked.data;
  return ok({ columns, ...(extraColumns === undefined ? {} : { extraColumns }) });
}

/** The columns as a list, for their names may be anything; the values of a domain as they are written. */
function schemaValue(document: Document): Result<unknown> {
  const { contents } = document;
  const columns: unknown = document.get('columns');
  visit(document, {
    Pair: (_, pair) => {
      if (!isScalar(pair.key) || pair.key.value !== 'values' || !isSeq(pair.value)) return;
      for (const item of pair.value.items) {
        if (isScalar(item) && item.value !== null) item.value = item.source ?? item.toJSON();
      }
    },
  });
  if (!isMap(contents) || !isMap(columns)) {
    return failed({ code: 'schema-invalid', message: 'A schema is a map with the key "columns".' });
  }
  try {
    const listed = columns.items.map(({ key, value }) => {
      const name = isScalar(key) ? (key.source ?? String(key.value)) : String(key);
      const demands: unknown = (value as Node | null)?.toJS(document, { maxAliasCount: 100 }) ?? {};
      return isMap(value) || isAlias(value) || isEmpty(value)
        ? { ...(demands as object), name }
        : demands;
    });
    return ok({ ...(document.toJS({ maxAliasCount: 100 }) as object), columns: listed });
  } catch (error) {
    return failed({
      code: 'yaml-invalid',
      message: `This YAML cannot be expanded: ${String(error)}`,
    });
  }
}

/** A column without demands: `age:`. */
function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null);
}

type Place = (path: readonly PropertyKey[]) => Pick<Problem, 'file' | 'line' | 'column'>;

function explain(issue: $ZodIssue, place: Place): Problem[] {
  if (issue.code !== 'unrecognized_keys') {
    const where = issue.path.at(-1);
    const message = where === undefined ? issue.message : `"${String(where)}": ${issue.message}`;
    return [{ code: 'schema-invalid', message: `${message}.`, ...place(issue.path) }];
  }
  return issue.keys.map((key) => {
    const known = nearestWord(key, Object.keys(issue.path.length > 0 ? COLUMN_KEYS : SCHEMA_KEYS));
    return {
      code: 'schema-unknown-key',
      message: `Unknown key "${key}".`,
      ...place([...issue.path, key]),
      ...(known === undefined ? {} : { fix: `Did you mean "${known}"?` }),
    };
  });
}

/** The offset of the key at a path, else of its nearest written ancestor; a number counts the columns. */
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
        : node.items.find(({ key }) => String(key) === String(step));
    if (pair === undefined) break;
    offset = (pair.key as Node).range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}
