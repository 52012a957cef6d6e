import { isAlias, isMap, isScalar, isSeq, visit, type Document, type Node } from 'yaml';
import * as z from 'zod';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { expandYaml, explainIssues, openYaml } from '../../config/checkedYaml';
import { patternMistake } from './pattern';
import { boundMistake } from './bounds';
import { relationSql } from './relation';
import type { ColumnSchema, Schema } from './schema';

const COLUMN_KEYS = {
  type: z.exactOptional(
    z.enum(['boolean', 'integer', 'number', 'string', 'date', 'timestamp', 'other']),
  ),
  required: z.exactOptional(z.boolean()),
  nulls: z.exactOptional(z.number().min(0).max(1)),
  values: z.exactOptional(z.array(z.string()).min(1)),
  min: z.exactOptional(z.union([z.number(), z.string()])),
  max: z.exactOptional(z.union([z.number(), z.string()])),
  pattern: z.exactOptional(
    z.string().check(({ value, issues }) => {
      const message = patternMistake(value);
      if (message !== undefined) issues.push({ code: 'custom', message, input: value });
    }),
  ),
  unique: z.exactOptional(z.boolean()),
  references: z.exactOptional(z.strictObject({ dataset: z.string(), column: z.string() })),
  drift: z.exactOptional(z.union([z.number().min(0), z.literal('ignore')])),
  allow: z.exactOptional(z.array(z.string())),
};

const share = z.number().min(0).max(1);

const DURATION = /^\d+(?:\.\d+)?\s*(?:m|h|d|w)$/;

const HAS_DOMAIN: ReadonlySet<string> = new Set(['string', 'boolean']);

const columnSchema = z
  .strictObject({ ...COLUMN_KEYS, name: z.string() })
  .refine(({ type = 'string', values }) => values === undefined || HAS_DOMAIN.has(type), {
    message: 'Only texts and booleans can have a domain',
    path: ['values'],
  })
  .check(({ value, issues }) => {
    for (const key of ['min', 'max'] as const) {
      const message = boundMistake(value.type, value[key]);
      if (message !== undefined) {
        issues.push({ code: 'custom', message, input: value[key], path: [key] });
      }
    }
  });

/** What is wrong with the demands on a column: a sentence without its point. */
export function columnMistake(column: ColumnSchema): string | undefined {
  return columnSchema.safeParse(column).error?.issues[0]?.message;
}

const SCHEMA_KEYS = {
  version: z.exactOptional(z.literal(1)),
  extraColumns: z.exactOptional(z.enum(['allow', 'warning', 'error'])),
  ordered: z.exactOptional(z.boolean()),
  rows: z.exactOptional(
    z.strictObject({
      min: z.exactOptional(z.number().int().min(0)),
      max: z.exactOptional(z.number().int().min(0)),
    }),
  ),
  duplicates: z.exactOptional(share),
  freshness: z.exactOptional(
    z.strictObject({
      column: z.string(),
      within: z.string().regex(DURATION, { message: 'Write a time such as 90m, 36h, 7d or 2w' }),
    }),
  ),
  rules: z.exactOptional(
    z.array(
      z.strictObject({
        name: z.exactOptional(z.string().min(1)),
        sql: z.string().min(1),
        mostly: z.exactOptional(share),
        severity: z.exactOptional(z.enum(['error', 'warning', 'info'])),
      }),
    ),
  ),
  relations: z.exactOptional(
    z.array(
      z.string().check(({ value, issues }) => {
        const sql = relationSql(value);
        if (!sql.ok) issues.push({ code: 'custom', message: sql.problem.message, input: value });
      }),
    ),
  ),
  allow: z.exactOptional(z.array(z.string())),
  columns: z.array(columnSchema),
};

const schemaFile = z.strictObject(SCHEMA_KEYS);

/**
 * Reads a schema file. Every mistake is one problem with its line: `yaml-invalid`, `schema-unknown-key` with the
 * nearest known key, `schema-invalid`.
 */
export function parseSchema(text: string, file: string): Result<Schema, readonly Problem[]> {
  const opened = openYaml(text, file);
  if (!opened.ok) return opened;
  const { document, placeOf } = opened.value;
  const value = schemaValue(document);
  if (!value.ok) return failed([{ ...value.problem, ...placeOf([]) }]);
  const checked = schemaFile.safeParse(value.value);
  if (!checked.success) {
    const { issues } = checked.error;
    return failed(explainIssues(issues, { kind: 'schema', type: schemaFile, placeOf }));
  }
  const { version, ...schema } = checked.data;
  void version;
  return ok(schema);
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
  return expandYaml((options) => {
    const listed = columns.items.map(({ key, value }) => {
      const name = isScalar(key) ? (key.source ?? String(key.value)) : String(key);
      const demands: unknown = (value as Node | null)?.toJS(document, options) ?? {};
      return isMap(value) || isAlias(value) || isEmpty(value)
        ? { ...(demands as object), name }
        : demands;
    });
    return { ...(document.toJS(options) as object), columns: listed };
  });
}

/** A column without demands: `age:`. */
function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null);
}
