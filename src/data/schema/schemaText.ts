import { isMap, isSeq, parseDocument, YAMLMap, type Document } from 'yaml';
import { failed, ok, type Result } from '../../base/result';
import { DEFAULT_DRIFT } from '../checks/drift';
import { LISTED_CATEGORIES, type ColumnProfile } from '../profile/profile';
import type { ColumnSchema, Schema } from './schema';

/** Writing schema files that people edit too: their comments, their order and what they demand stay. */

export function formatSchema(schema: Schema, dataset: string): string {
  const document = parseDocument('version: 1\ncolumns: {}\n');
  document.commentBefore = [
    ` What the dataset ${JSON.stringify(dataset)} must look like. Edit it by hand: comments and order stay.`,
    ' nulls: the largest share that may be missing. values: the closed domain. drift: the PSI that counts.',
  ].join('\n');
  const columns = document.get('columns') as YAMLMap;
  columns.flow = false;
  if (schema.extraColumns !== undefined) document.set('extraColumns', schema.extraColumns);
  for (const column of schema.columns) addColumn(document, columns, column);
  return write(document);
}

/** Adds what the text does not know: columns at the end, never a demand on a column that is there. */
export function extendSchema(text: string, file: string, schema: Schema): Result<string> {
  return edit(text, file, (document, columns) => {
    for (const column of schema.columns) {
      if (findColumn(columns, column.name) === undefined) addColumn(document, columns, column);
    }
  });
}

/** What a finding said, as far as the edit that accepts it needs to know. */
export interface Acceptance {
  readonly rule: string;
  readonly column: string;
  /** The column as it is now; absent where it is missing. */
  readonly current?: ColumnProfile;
  /** The share that is missing now, 0 to 1. */
  readonly missing: number;
  /** The finding's effect, of drift the PSI. */
  readonly effect?: number;
  /** What would be inferred for the column: for one that the schema does not know. */
  readonly inferred?: ColumnSchema;
}

/** The schema's text after the smallest edit that makes the finding go away; problem `finding-not-acceptable`. */
export function acceptFinding(text: string, file: string, accepted: Acceptance): Result<string> {
  const { rule, column: name, current } = accepted;
  return edit(text, file, (document, columns) => {
    const column = findColumn(columns, name) ?? addColumn(document, columns, { name });
    switch (rule) {
      case 'column-missing':
        return column.set('required', false);
      case 'column-added':
        return setAll(document, column, accepted.inferred);
      case 'type-changed':
        return column.set('type', current?.type);
      case 'nulls-increased':
        return column.set('nulls', roundUp(accepted.missing));
      case 'category-unknown':
        return addValues(document, column, current);
      case 'drift':
        return column.set('drift', roundUp(Math.max(accepted.effect ?? 0, DEFAULT_DRIFT) * 1.01));
      default:
        return undefined;
    }
  });
}

/** To two digits. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2));
}

function addValues(document: Document, column: YAMLMap, current: ColumnProfile | undefined): void {
  const values = column.get('values');
  if (!isSeq(values)) return;
  const known = new Set(values.items.map(String));
  const unknown = (current?.categories ?? []).filter(({ value }) => !known.has(value));
  // What has so many new values is no closed domain.
  if (unknown.length >= LISTED_CATEGORIES) column.delete('values');
  else for (const { value } of unknown) values.add(document.createNode(value));
}

function edit(
  text: string,
  file: string,
  change: (document: Document, columns: YAMLMap) => void,
): Result<string> {
  const document = parseDocument(text);
  const columns: unknown = document.get('columns');
  if (document.errors.length > 0 || !isMap(columns)) {
    return failed({
      code: 'schema-invalid',
      message: 'The schema cannot be edited before it is valid.',
      file,
      line: 1,
      fix: 'Correct it first.',
    });
  }
  change(document, columns);
  return ok(write(document));
}

function findColumn(columns: YAMLMap, name: string): YAMLMap | undefined {
  const pair = columns.items.find(({ key }) => String(key) === name);
  if (pair === undefined) return undefined;
  if (!isMap(pair.value)) pair.value = new YAMLMap();
  return pair.value as YAMLMap;
}

function addColumn(document: Document, columns: YAMLMap, schema: ColumnSchema): YAMLMap {
  const column = new YAMLMap();
  columns.flow = false;
  columns.add(document.createPair(schema.name, column));
  setAll(document, column, schema);
  // One line for each column, as long as it fits.
  column.flow = schema.values === undefined;
  return column;
}

function setAll(document: Document, column: YAMLMap, schema: ColumnSchema | undefined): void {
  for (const [key, value] of Object.entries(schema ?? {})) {
    if (key !== 'name') column.set(key, document.createNode(value, { flow: key === 'values' }));
  }
}

function write(document: Document): string {
  return document.toString({ lineWidth: 100 });
}
