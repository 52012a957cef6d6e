import type { Arguments, Interpreter } from './interpreter';
import { itemAt } from './members';
import { itemsOf } from './pyText';
import {
  int,
  keyOf,
  list,
  NONE,
  setEntry,
  text,
  UNKNOWN,
  type PyDict,
  type PyList,
  type PyValue,
} from './pyValue';

export function listMethod(
  object: PyList,
  name: string,
  given: Arguments,
  interpreter: Interpreter,
): PyValue {
  const [first = UNKNOWN] = given.positional;
  switch (name) {
    case 'append':
    case 'add':
      object.items.push(first);
      interpreter.touch(object);
      return NONE;
    case 'extend':
    case 'update':
      extend(object, first);
      interpreter.touch(object);
      return NONE;
    case 'copy':
    case 'tolist':
      return list(object.items, object.open, object.type);
    case 'index':
      return indexOf(object, first);
    case 'union':
    case 'get':
    case 'count':
      return UNKNOWN;
    default:
      // `remove`, `sort`, `pop` …: what is in it is no longer known.
      object.items = [];
      object.open = true;
      return UNKNOWN;
  }
}

function extend(object: PyList, added: PyValue): void {
  const found = itemsOf(added);
  object.items.push(...(found?.items ?? []));
  if (found?.open !== false) object.open = true;
}

function indexOf(object: PyList, wanted: PyValue): PyValue {
  const key = keyOf(wanted);
  const at = object.items.findIndex((item) => key !== undefined && keyOf(item) === key);
  return at === -1 || object.open ? UNKNOWN : int(at);
}

export function dictMethod(
  object: PyDict,
  name: string,
  given: Arguments,
  interpreter: Interpreter,
): PyValue {
  const entries = [...object.entries.values()];
  switch (name) {
    case 'get':
      return getEntry(object, given);
    case 'setdefault': {
      const value = getEntry(object, given);
      const [key = UNKNOWN] = given.positional;
      setEntry(object, key, value);
      return value;
    }
    case 'keys':
      return list(
        entries.map((entry) => entry.key),
        object.open,
      );
    case 'values':
      return list(
        entries.map((entry) => entry.value),
        object.open,
      );
    case 'items':
      return list(
        entries.map((entry) => list([entry.key, entry.value], false, 'tuple')),
        object.open,
      );
    case 'copy':
      return { kind: 'dict', entries: new Map(object.entries), open: object.open };
    case 'update':
      updateDict(object, given);
      interpreter.touch(object);
      return NONE;
    default:
      object.open = true;
      return UNKNOWN;
  }
}

function getEntry(object: PyDict, { positional, keywords }: Arguments): PyValue {
  const [key = UNKNOWN, otherwise = NONE] = positional;
  const name = keyOf(key);
  if (name === undefined) return UNKNOWN;
  if (object.entries.has(name)) return itemAt(object, key);
  return object.open ? UNKNOWN : (keywords.get('default') ?? otherwise);
}

function updateDict(object: PyDict, { positional: [added], keywords }: Arguments): void {
  if (added?.kind === 'dict') {
    for (const [name, entry] of added.entries) object.entries.set(name, entry);
    if (added.open) object.open = true;
  } else if (added !== undefined) object.open = true;
  for (const [name, value] of keywords) setEntry(object, text(name), value);
}
