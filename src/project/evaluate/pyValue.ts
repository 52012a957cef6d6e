import type { SyntaxNode } from '@lezer/common';
import type { Code } from './code';

/**
 * The value that a Python expression has. Where it cannot be told without running code that is not understood, it is
 * `unknown`: never a guess. Lists and dictionaries are changed in place, as in Python.
 */
export type PyValue =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | PyText
  | PyList
  | PyDict
  | PyFunction
  /** A function or a module that is not of the workflow, by its full name: `expand`, `os.path`. */
  | { readonly kind: 'external'; readonly name: string }
  /** A method of a value. */
  | { readonly kind: 'method'; readonly object: PyValue; readonly name: string }
  | PyObject;

export interface PyText {
  readonly kind: 'text';
  /** What is unknown in it is a hole. */
  readonly text: string;
  /** `temp`, `directory`, `ancient` …, where Snakemake's functions marked it. */
  readonly flags?: ReadonlySet<string>;
  /** A `pathlib.Path`, which is no string for Snakemake's records. */
  readonly isPath?: true;
}

export interface PyList {
  readonly kind: 'list';
  readonly type: 'list' | 'tuple' | 'set';
  items: PyValue[];
  /** Whether there may be more or fewer items. */
  open: boolean;
  /** The parts that have names: `input.reads`. */
  readonly names?: ReadonlyMap<string, PyValue>;
}

export interface PyDict {
  readonly kind: 'dict';
  /** By `keyOf`. */
  readonly entries: Map<string, { readonly key: PyValue; readonly value: PyValue }>;
  /** Whether there may be more entries. */
  open: boolean;
}

/** A function or lambda of the workflow, with the place where it stands. */
export interface PyFunction {
  readonly kind: 'function';
  readonly node: SyntaxNode;
  readonly code: Code;
  readonly scope: Scope;
  readonly parameters: readonly PyParameter[];
}

export interface PyParameter {
  readonly name: string;
  readonly defaultValue?: PyValue;
  readonly kind: 'plain' | 'list' | 'dict';
}

/** Something with attributes: `wildcards`, `rules`. */
export interface PyObject {
  readonly kind: 'object';
  readonly attributes: ReadonlyMap<string, PyValue>;
  /** What attributes are that are not in the map: the wildcards of no job in particular. */
  readonly otherwise?: (name: string) => PyValue;
}

/** The names of a module or a function. */
export interface Scope {
  variables: Map<string, PyValue>;
  readonly parent?: Scope;
  /** Names of the module that a function declares `global`. */
  readonly globals?: Set<string>;
}

/** The scope of the whole module. */
export function moduleScope(scope: Scope): Scope {
  let outer = scope;
  while (outer.parent !== undefined) outer = outer.parent;
  return outer;
}

export const UNKNOWN: PyValue = { kind: 'unknown' };
export const NONE: PyValue = { kind: 'none' };
export const TRUE: PyValue = { kind: 'bool', value: true };
export const FALSE: PyValue = { kind: 'bool', value: false };

export function text(value: string): PyText {
  return { kind: 'text', text: value };
}

export function int(value: number): PyValue {
  return Number.isSafeInteger(value) ? { kind: 'int', value } : UNKNOWN;
}

export function bool(value: boolean | undefined): PyValue {
  return value === undefined ? UNKNOWN : value ? TRUE : FALSE;
}

export function list(
  items: readonly PyValue[],
  open = false,
  type: PyList['type'] = 'list',
): PyList {
  return { kind: 'list', type, items: [...items], open };
}

export function dict(entries: Iterable<readonly [PyValue, PyValue]>, open = false): PyDict {
  const made: PyDict = { kind: 'dict', entries: new Map(), open };
  for (const [key, value] of entries) setEntry(made, key, value);
  return made;
}

export function setEntry(target: PyDict, key: PyValue, value: PyValue): void {
  const name = keyOf(key);
  if (name === undefined) target.open = true;
  else target.entries.set(name, { key, value });
}

/** What tells the keys of a dictionary and the members of a set apart; undefined for what is not known. */
export function keyOf(value: PyValue): string | undefined {
  if (value.kind === 'none') return 'none';
  // In Python `True == 1 == 1.0`.
  if (value.kind === 'bool') return `number:${Number(value.value)}`;
  if (value.kind === 'int' || value.kind === 'float') return `number:${value.value}`;
  if (value.kind === 'text') return hasHole(value.text) ? undefined : `text:${value.text}`;
  if (value.kind !== 'list' || value.open) return undefined;
  const keys = value.items.map(keyOf);
  return keys.includes(undefined) ? undefined : `list:${JSON.stringify(keys)}`;
}

// Private characters, which no path has, stand around the name of what is unknown in a text.
const HOLE_START = '\uE000';
const HOLE_END = '\uE001';
const HOLES = /\uE000([^\uE000\uE001]*)\uE001/g;

/** A piece of a text that is not known; its name is a wildcard's, or empty. */
export function hole(name = ''): string {
  return `${HOLE_START}${name}${HOLE_END}`;
}

export function hasHole(value: string): boolean {
  return value.includes(HOLE_START);
}

export function replaceHoles(value: string, replace: (name: string) => string): string {
  return hasHole(value) ? value.replace(HOLES, (_, name: string) => replace(name)) : value;
}

/** Whether everything in a value is known. */
export function isKnown(value: PyValue): boolean {
  if (value.kind === 'text') return !hasHole(value.text);
  if (value.kind === 'list') return !value.open && value.items.every(isKnown);
  if (value.kind !== 'dict') return value.kind !== 'unknown';
  return !value.open && [...value.entries.values()].every((entry) => isKnown(entry.value));
}
