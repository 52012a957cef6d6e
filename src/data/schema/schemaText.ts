import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  YAMLMap,
  type Document,
  type Node,
} from 'yaml';
import { failed, ok, type Result } from '../../base/result';
import type { ColumnSchema, Schema } from './schema';
import type { EditValue, SchemaEdit } from './schemaEdit';

/** Writing schema files that people edit too: their comments, their order and what they demand stay. */

export function formatSchema({ columns, ...demands }: Schema, dataset: string): string {
  const document = parseDocument('version: 1\n');
  document.commentBefore = [
    ` What the dataset ${JSON.stringify(dataset)} must look like. Edit it by hand: comments and order stay.`,
    ' nulls: the largest share that may be missing. values: the closed domain. drift: the PSI that counts.',
  ].join('\n');
  setDemands(document, demands);
  const map = new YAMLMap();
  map.flow = columns.length === 0;
  document.set('columns', map);
  for (const column of columns) addColumn(document, map, column);
  return write(document);
}

/** What the schema demands of the dataset as a whole; one rule or relation on each line. */
function setDemands(document: Document, demands: Omit<Schema, 'columns'>): void {
  for (const [key, value] of Object.entries(demands)) {
    document.set(key, nodeOf(document, [key], value));
  }
}

/** Adds what the text does not know: columns at the end, never a demand on a column that is there. */
export function extendSchema(text: string, file: string, schema: Schema): Result<string> {
  return edit(text, file, (document, columns) => {
    for (const column of schema.columns) {
      if (findColumn(columns, column.name) === undefined) addColumn(document, columns, column);
    }
  });
}

/** The schema's text after edits, in their order; comments, order and anchors stay. Problem `schema-invalid`. */
export function editSchema(
  text: string,
  file: string,
  ...changes: readonly SchemaEdit[]
): Result<string> {
  return edit(text, file, (document, columns) => {
    for (const change of changes) applyEdit(document, columns, change);
  });
}

function applyEdit(document: Document, columns: YAMLMap, change: SchemaEdit): void {
  const [key, column] = change.path;
  // Columns by their text: a name may look like a number or a date.
  const keys =
    key === 'columns' && column !== undefined
      ? ['columns', keyOf(columns, column), ...change.path.slice(2)]
      : [...change.path];
  switch (change.action) {
    case 'set':
      return setIn(document, keys, change.value);
    case 'append':
      return appendIn(document, keys, change.values);
    case 'remove':
      return removeIn(document, keys, change.values);
  }
}

/** The key of a column as the document has it; its name where it has none yet. */
function keyOf(columns: YAMLMap, name: string): unknown {
  const pair = columns.items.find(({ key }) => String(key) === name);
  return pair === undefined ? name : isScalar(pair.key) ? pair.key.value : pair.key;
}

function setIn(document: Document, keys: readonly unknown[], value: EditValue): void {
  makeMaps(document, keys);
  document.setIn(keys, isPlain(value) ? value : nodeOf(document, keys, value));
}

/** On one line; of the dataset's own lists each item but those of `allow`. */
function nodeOf(document: Document, keys: readonly unknown[], value: unknown): Node {
  const node = document.createNode(value, { flow: true }) as Node;
  if (isSeq(node)) node.flow = keys.length > 1 || keys[0] === 'allow';
  return node;
}

function appendIn(document: Document, keys: readonly unknown[], values: readonly string[]): void {
  const list: unknown = document.getIn(keys);
  if (!isSeq(list)) {
    makeMaps(document, keys);
    document.setIn(keys, document.createNode(values, { flow: true }));
    return;
  }
  const known = new Set(list.items.map(String));
  for (const value of values) if (!known.has(value)) list.add(document.createNode(value));
}

function removeIn(
  document: Document,
  keys: readonly unknown[],
  values: readonly string[] | undefined,
): void {
  if (values === undefined) return void document.deleteIn(keys);
  const list: unknown = document.getIn(keys);
  if (!isSeq(list)) return;
  const left = list.items.filter((item) => !values.includes(String(item)));
  // An empty list would say something else than none.
  if (left.length === 0) document.deleteIn(keys);
  else list.items = left;
}

/** Maps in place of what is empty on the way: `age:` has none yet. */
function makeMaps(document: Document, keys: readonly unknown[]): void {
  for (let length = 1; length < keys.length; length++) {
    const way = keys.slice(0, length);
    if (isCollection(document.getIn(way))) continue;
    const map = new YAMLMap();
    map.flow = length > 1;
    document.setIn(way, map);
  }
}

function isPlain(value: EditValue): boolean {
  return typeof value !== 'object';
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
    if (key !== 'name') column.set(key, document.createNode(value, { flow: true }));
  }
}

function write(document: Document): string {
  return document.toString({ lineWidth: 100 });
}
