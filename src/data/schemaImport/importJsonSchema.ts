import {
  isRecord,
  listOf,
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../peers/json';
import type { ColumnType } from '../profile/profile';
import type { ImportedSchema } from './importedSchema';
import { valueSql } from './rowSql';
import { SchemaBuilder } from './schemaBuilder';
import { quoteIdentifier } from '../../base/escape';

const TOOL = 'JSON Schema';

/**
 * A JSON Schema (draft 4 to 2020-12) of one row, or of an array of rows; undefined where it is none.
 * https://json-schema.org/specification
 */
export function importJsonSchema(value: unknown): ImportedSchema | undefined {
  if (!isRecord(value)) return undefined;
  const isSchema =
    /json-schema\.org/.test(textOf(value.$schema) ?? '') ||
    (isRecord(value.properties) && (value.type === undefined || allows(value.type, 'object'))) ||
    (value.type === 'array' && isRecord(value.items));
  if (!isSchema) return undefined;
  const builder = new SchemaBuilder();
  const root = resolve(value, value);
  const isArray = isRecord(root.items) && !isRecord(root.properties);
  const row = isArray ? resolve(root.items, value) : root;
  if (isArray) importArray(builder, root);
  importRow(builder, row, value, 0);
  return builder.finish(TOOL, textOf(value.title));
}

/** Types may be one or several. */
function allows(type: unknown, name: string): boolean {
  return Array.isArray(type) ? type.includes(name) : type === name;
}

const DEEPEST = 20;

/** What a schema refers to within its own file, with what stands beside the reference. */
function resolve(schema: unknown, root: JsonRecord): JsonRecord {
  let found = recordOf(schema);
  for (let depth = 0; depth < DEEPEST; depth++) {
    const { $ref: reference, ...beside } = found;
    if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference)) return found;
    found = { ...recordOf(pointed(root, reference)), ...beside };
  }
  return {};
}

/** RFC 6901, in a fragment. */
function pointed(root: JsonRecord, reference: string): unknown {
  let value: unknown = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = listOf(value)[Number(key)];
    else value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function importArray(
  builder: SchemaBuilder,
  { minItems, maxItems, uniqueItems }: JsonRecord,
): void {
  builder.rows({ min: numberOf(minItems), max: numberOf(maxItems) });
  if (uniqueItems === true) builder.table({ duplicates: 0 });
}

function importRow(builder: SchemaBuilder, row: JsonRecord, root: JsonRecord, depth: number): void {
  const required = new Set(listOf(row.required));
  for (const [name, schema] of Object.entries(recordOf(row.properties))) {
    builder.column(name);
    if (!required.has(name)) builder.optional(name);
    importColumn(builder, name, schema, { root, required: required.has(name) });
  }
  if (row.additionalProperties === false || row.unevaluatedProperties === false) {
    builder.table({ extraColumns: 'error' });
  }
  for (const part of depth < DEEPEST ? recordsOf(row.allOf) : []) {
    importRow(builder, resolve(part, root), root, depth + 1);
  }
  for (const key of ROW_KEYS) {
    if (row[key] !== undefined)
      builder.refuse(
        key,
        undefined,
        'it is about several columns; it can be written as a rule in SQL',
      );
  }
}

const ROW_KEYS = [
  'anyOf',
  'oneOf',
  'not',
  'if',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
];

interface ColumnPlace {
  readonly root: JsonRecord;
  readonly required: boolean;
}

function importColumn(
  builder: SchemaBuilder,
  name: string,
  written: unknown,
  { root, required }: ColumnPlace,
): void {
  if (written === false) return builder.refuse('false', name, 'no value is allowed there');
  const { schema, nullable } = withoutNull(resolve(written, root), root);
  // What is not in an object is missing in its row.
  if (required && !nullable && mayNotBeNull(schema)) builder.nulls(name, 0);
  importType(builder, name, schema);
  importValues(builder, name, schema);
  for (const [key, why] of Object.entries(COLUMN_REFUSED)) {
    if (schema[key] !== undefined) builder.refuse(key, name, why);
  }
}

function mayNotBeNull({ type, enum: values }: JsonRecord): boolean {
  return type !== undefined || (Array.isArray(values) && !values.includes(null));
}

/** A schema and null, in one of the ways to say so: that schema, and that it may be missing. */
function withoutNull(
  schema: JsonRecord,
  root: JsonRecord,
): { readonly schema: JsonRecord; readonly nullable: boolean } {
  const { anyOf, oneOf, allOf, ...beside } = schema;
  const choices = recordsOf(anyOf ?? oneOf).map((each) => resolve(each, root));
  const others = choices.filter(({ type }) => type !== 'null');
  const [only] = others;
  const isOptional = choices.length > others.length;
  if (others.length === 1 && only !== undefined && allOf === undefined) {
    const inner = { ...only, ...beside };
    return { schema: inner, nullable: isOptional || allows(inner.type, 'null') };
  }
  const [part] = recordsOf(allOf).map((each) => resolve(each, root));
  if (choices.length === 0 && listOf(allOf).length === 1 && part !== undefined) {
    return { schema: { ...part, ...beside }, nullable: allows(part.type, 'null') };
  }
  return {
    schema,
    nullable: isOptional || allows(schema.type, 'null') || schema.nullable === true,
  };
}

const TYPES: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  string: 'string',
};

const FORMATS: Readonly<Record<string, ColumnType>> = { date: 'date', 'date-time': 'timestamp' };

function importType(builder: SchemaBuilder, name: string, { type, format }: JsonRecord): void {
  const names = (Array.isArray(type) ? listOf(type) : [type]).filter(
    (each) => typeof each === 'string' && each !== 'null',
  );
  const found = new Set(names.map((each) => TYPES[String(each)] ?? 'other'));
  if (found.has('number')) found.delete('integer');
  const [only] = found;
  const wanted = textOf(format) ?? '';
  const isTime = only === 'string' && Object.hasOwn(FORMATS, wanted);
  if (wanted !== '' && !isTime)
    builder.refuse(`format ${wanted}`, name, 'there is no such type here');
  if (only === undefined) return;
  if (found.size > 1) return builder.refuse('type', name, 'a column has one type here');
  if (only === 'other') return builder.refuse('type', name, 'what is nested has no schema here');
  builder.type(name, isTime ? (FORMATS[wanted] ?? only) : only, 'type');
}

function importValues(builder: SchemaBuilder, name: string, schema: JsonRecord): void {
  if (Array.isArray(schema.enum)) builder.domain(name, schema.enum, { check: 'enum' });
  if (schema.const !== undefined) builder.domain(name, [schema.const], { check: 'const' });
  for (const side of ['min', 'max'] as const) importBound(builder, name, schema, side);
  const lengths = { min: numberOf(schema.minLength), max: numberOf(schema.maxLength) };
  builder.length(name, lengths, { check: 'length' });
  const pattern = textOf(schema.pattern);
  if (pattern !== undefined) builder.pattern(name, pattern, 'anywhere', { check: 'pattern' });
  const step = numberOf(schema.multipleOf);
  if (step !== undefined && step > 0) {
    const quotient = `${quoteIdentifier(name)} / ${valueSql(step)}`;
    const sql = `abs(${quotient} - round(${quotient})) <= 1e-9`;
    builder.rule([name], sql, { check: 'multipleOf' });
  }
}

/** In draft 4, `exclusiveMinimum` says whether the minimum itself is excluded; since draft 6 it is a bound of its own. */
function importBound(
  builder: SchemaBuilder,
  name: string,
  schema: JsonRecord,
  side: 'min' | 'max',
): void {
  const [key, exclusiveKey, strict] =
    side === 'min'
      ? (['minimum', 'exclusiveMinimum', 'strictMin'] as const)
      : (['maximum', 'exclusiveMaximum', 'strictMax'] as const);
  const plain = numberOf(schema[key]);
  const exclusive = schema[exclusiveKey];
  if (plain !== undefined) {
    builder.range(name, { [side]: plain, [strict]: exclusive === true }, { check: key });
  }
  const own = numberOf(exclusive);
  if (own !== undefined) {
    builder.range(name, { [side]: own, [strict]: true }, { check: exclusiveKey });
  }
}

const NESTED = 'what is nested has no schema here';
const SEVERAL = 'a column has one schema here; it can be written as a rule in SQL';

const COLUMN_REFUSED: Readonly<Record<string, string>> = {
  anyOf: SEVERAL,
  oneOf: SEVERAL,
  allOf: SEVERAL,
  not: SEVERAL,
  if: SEVERAL,
  $ref: 'only references within the file are followed',
  properties: NESTED,
  items: NESTED,
};
