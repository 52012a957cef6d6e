import { itemsOfValue } from './buildRule';
import type { Interpreter } from '../evaluate/interpreter';
import {
  hasHole,
  text,
  UNKNOWN,
  type PyFunction,
  type PyObject,
  type PyValue,
} from '../evaluate/pyValue';
import { applyWildcards, type WildcardValues } from './wildcards';
import type { RuleItem } from './workflow';

export interface JobFile {
  readonly path: string;
  readonly flags: ReadonlySet<string>;
}

const NO_FLAGS: ReadonlySet<string> = new Set();

export function listKnown(paths: readonly string[]): readonly JobFile[] {
  return paths.map((path) => ({ path, flags: NO_FLAGS }));
}

export function wildcardsObject(values: WildcardValues): PyObject {
  return {
    kind: 'object',
    attributes: new Map([...values].map(([name, value]) => [name, text(value)])),
  };
}

/** The input files of one job; `isKnown` is false where there may be others. */
export function expandInput(
  items: readonly RuleItem[],
  wildcards: WildcardValues,
  interpreter: Interpreter,
): { readonly files: readonly JobFile[]; readonly isKnown: boolean } {
  const files: JobFile[] = [];
  let isKnown = true;
  const add = (item: RuleItem, isFromFunction: boolean): void => {
    if (item.kind === 'function' && !isFromFunction) {
      for (const inner of callInput(item, wildcardsObject(wildcards), interpreter))
        add(inner, true);
      return;
    }
    // What a function returns has its wildcards filled in as well.
    const path =
      item.kind === 'path' && !hasHole(item.path)
        ? applyWildcards(item.path, wildcards)
        : undefined;
    if (path === undefined || item.kind !== 'path') isKnown = false;
    else files.push({ path, flags: item.flags });
  };
  for (const item of items) add(item, false);
  return { files, isKnown };
}

/** What an input function gives for wildcards. */
export function callInput(
  { value, unpack, name }: Extract<RuleItem, { kind: 'function' }>,
  wildcards: PyObject,
  interpreter: Interpreter,
): readonly RuleItem[] {
  const result = callWithWildcards(value, wildcards, interpreter);
  if (!unpack || result.kind !== 'dict') return itemsOfValue(result, name);
  const entries = [...result.entries.values()].flatMap((entry) => itemsOfValue(entry.value, name));
  return result.open ? [...entries, { kind: 'unknown' }] : entries;
}

/** What Snakemake hands to functions besides the wildcards is not known here. */
export function callWithWildcards(
  callee: PyFunction,
  wildcards: PyObject,
  interpreter: Interpreter,
  more: Readonly<Record<string, PyValue>> = {},
): PyValue {
  const given = {
    input: UNKNOWN,
    output: UNKNOWN,
    threads: UNKNOWN,
    resources: UNKNOWN,
    attempt: UNKNOWN,
    groupid: UNKNOWN,
    ...more,
  };
  return interpreter.callWith(callee, given, wildcards);
}
