import { canonicalJson } from '../../base/canonicalJson';
import { quote } from '../checks/check';
import { columnMistake } from './parseSchema';
import type { ColumnSchema, Schema, UserRule } from './schema';
import { columnPath, type EditValue, type SchemaEdit } from './schemaEdit';

/** What another schema demands, as edits of one that is there. */
export interface AddedDemands {
  readonly edits: readonly SchemaEdit[];
  /** What was left out, because the schema that is there demands something else. */
  readonly kept: readonly KeptDemand[];
}

export interface KeptDemand {
  /** `max of "age"` */
  readonly what: string;
  readonly why: string;
}

/** Adds to a schema what another one demands; what is demanded already stays as it is. */
export function addDemands(present: Schema, added: Schema): AddedDemands {
  const edits: SchemaEdit[] = [];
  const kept: KeptDemand[] = [];
  addTable(present, added, edits, kept);
  const known = new Map(present.columns.map((column) => [column.name, column]));
  for (const column of added.columns) {
    const before = known.get(column.name);
    if (before === undefined) {
      const { name, ...demands } = column;
      edits.push({ action: 'set', path: ['columns', name], value: demands as EditValue });
    } else addColumn(before, column, edits, kept);
  }
  return { edits, kept };
}

function addTable(
  present: Schema,
  { columns, rules = [], relations = [], ...demands }: Schema,
  edits: SchemaEdit[],
  kept: KeptDemand[],
): void {
  for (const [key, value] of Object.entries(demands)) {
    // The schema that is there is not loosened.
    if (key === 'extraColumns' && value === 'allow') continue;
    const before = present[key as keyof typeof demands];
    if (key === 'ordered' && !keepsOrder(present, columns)) {
      kept.push({
        what: key,
        why: 'the columns stand in another order in the schema that is there',
      });
    } else if (before === undefined) {
      edits.push({ action: 'set', path: [key], value: value as EditValue });
    } else if (!isSame(before, value)) kept.push(otherwise(key, undefined, before, value));
  }
  const known = new Set((present.rules ?? []).map(({ sql }) => sql));
  const own = rules.filter(({ sql }) => !known.has(sql));
  addItems('rules', present.rules, own.map(ruleValue), edits);
  const others = relations.filter((relation) => present.relations?.includes(relation) !== true);
  addItems('relations', present.relations, others, edits);
}

function ruleValue(rule: UserRule): EditValue {
  return { ...rule };
}

/** One by one, so that the items that are there keep their comments. */
function addItems(
  key: string,
  present: readonly unknown[] | undefined,
  added: readonly EditValue[],
  edits: SchemaEdit[],
): void {
  if (added.length === 0) return;
  if (present === undefined) edits.push({ action: 'set', path: [key], value: added });
  else {
    added.forEach((value, index) =>
      edits.push({ action: 'set', path: [key, String(present.length + index)], value }),
    );
  }
}

/** New columns come after those that are there. */
function keepsOrder(present: Schema, added: readonly ColumnSchema[]): boolean {
  const names = present.columns.map(({ name }) => name);
  const known = new Set(names);
  const merged = [...names, ...added.map(({ name }) => name).filter((name) => !known.has(name))];
  const wanted = new Set(added.map(({ name }) => name));
  const shared = merged.filter((name) => wanted.has(name));
  return shared.every((name, index) => name === added[index]?.name);
}

function addColumn(
  present: ColumnSchema,
  { name, ...demands }: ColumnSchema,
  edits: SchemaEdit[],
  kept: KeptDemand[],
): void {
  let current = present;
  for (const [key, value] of Object.entries(demands)) {
    const before =
      key === 'required' ? (current.required ?? true) : current[key as keyof ColumnSchema];
    if (isSame(before, value)) continue;
    const next = { ...current, [key]: value };
    const mistake = before === undefined ? columnMistake(next) : undefined;
    if (before !== undefined) kept.push(otherwise(key, name, before, value));
    else if (mistake !== undefined) kept.push({ what: `${key} of ${quote(name)}`, why: mistake });
    else {
      edits.push({ action: 'set', path: columnPath(name, key), value: value as EditValue });
      current = next;
    }
  }
  if (present.required === false && demands.required === undefined) {
    kept.push(otherwise('required', name, false, true));
  }
}

function isSame(before: unknown, value: unknown): boolean {
  return before !== undefined && canonicalJson(inOrder(before)) === canonicalJson(inOrder(value));
}

/** A domain is a set. */
function inOrder(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).sort() : value;
}

function otherwise(
  key: string,
  column: string | undefined,
  before: unknown,
  value: unknown,
): KeptDemand {
  const of = column === undefined ? '' : ` of ${quote(column)}`;
  return {
    what: `${key} ${shown(value)}${of}`,
    why: `the schema that is there says ${shown(before)}`,
  };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
