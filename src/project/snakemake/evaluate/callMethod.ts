import { formatTemplate, keyOfField } from './formatText';
import type { Arguments, Interpreter } from './interpreter';
import { attributeOf, itemAt } from './members';
import { joinPaths, path } from './operators';
import { itemsOf, textOfValue } from './pyText';
import {
  bool,
  hasHole,
  hole,
  int,
  keyOf,
  list,
  NONE,
  setEntry,
  text,
  UNKNOWN,
  type PyDict,
  type PyList,
  type PyText,
  type PyValue,
} from './pyValue';

/** `object.name(…)`, the object being the first argument. */
export function callMethod(name: string, given: Arguments, interpreter: Interpreter): PyValue {
  const [object = UNKNOWN, ...rest] = given.positional;
  const own = { ...given, positional: rest };
  switch (object.kind) {
    case 'text':
      return textMethod(object, name, own);
    case 'list':
      return listMethod(object, name, own, interpreter);
    case 'dict':
      return dictMethod(object, name, own, interpreter);
    default:
      return UNKNOWN;
  }
}

/** Methods that only make sense of a text that is known. */
const WHOLE: Readonly<Record<string, (value: string, words: readonly PyValue[]) => PyValue>> = {
  upper: (value) => text(value.toUpperCase()),
  lower: (value) => text(value.toLowerCase()),
  title: (value) =>
    text(
      value.replace(/[A-Za-z]+/g, (word) => word[0]?.toUpperCase() + word.slice(1).toLowerCase()),
    ),
  capitalize: (value) => text(value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase()),
  strip: (value, [set]) => text(trim(trim(value, set, /^\s+/, 'start'), set, /\s+$/, 'end')),
  lstrip: (value, [set]) => text(trim(value, set, /^\s+/, 'start')),
  rstrip: (value, [set]) => text(trim(value, set, /\s+$/, 'end')),
  split: (value, [separator, limit]) => split(value, separator, limit),
  rsplit: (value, [separator, limit]) =>
    limit === undefined ? split(value, separator, undefined) : UNKNOWN,
  splitlines: (value) => list(value.replace(/\n$/, '').split('\n').map(text)),
  zfill: (value, [width]) =>
    width?.kind === 'int' ? text(value.padStart(width.value, '0')) : UNKNOWN,
  isdigit: (value) => bool(/^\d+$/.test(value)),
  count: (value, [part]) =>
    part?.kind === 'text' && part.text !== '' ? int(value.split(part.text).length - 1) : UNKNOWN,
  find: (value, [part]) => (part?.kind === 'text' ? int(value.indexOf(part.text)) : UNKNOWN),
};

function trim(
  value: string,
  set: PyValue | undefined,
  spaces: RegExp,
  side: 'start' | 'end',
): string {
  if (set === undefined || set.kind !== 'text') return value.replace(spaces, '');
  let result = value;
  const at = side === 'start' ? 0 : -1;
  while (result !== '' && set.text.includes(result.at(at) ?? ''))
    result = side === 'start' ? result.slice(1) : result.slice(0, -1);
  return result;
}

function split(value: string, separator: PyValue | undefined, limit: PyValue | undefined): PyValue {
  if (separator === undefined || separator.kind === 'none') {
    return list(
      value
        .split(/\s+/)
        .filter((part) => part !== '')
        .map(text),
    );
  }
  if (separator.kind !== 'text' || separator.text === '') return UNKNOWN;
  const parts = value.split(separator.text);
  if (limit === undefined) return list(parts.map(text));
  if (limit.kind !== 'int' || limit.value < 0) return UNKNOWN;
  const rest = parts.splice(limit.value);
  return list([...parts, rest.join(separator.text)].map(text));
}

function textMethod(object: PyText, name: string, given: Arguments): PyValue {
  const [first, second] = given.positional;
  const whole = WHOLE[name];
  if (whole !== undefined && object.isPath !== true) {
    return hasHole(object.text) ? text(hole()) : whole(object.text, given.positional);
  }
  switch (name) {
    case 'format':
      return text(formatTemplate(object.text, { ...given, member, missing: () => hole() }));
    case 'join':
      return joinTexts(object, first);
    case 'replace':
      if (first?.kind !== 'text' || second?.kind !== 'text') return text(hole());
      return text(object.text.replaceAll(first.text, second.text));
    case 'startswith':
    case 'endswith':
      return startsOrEnds(object.text, first, name);
    case 'removeprefix':
      return first?.kind === 'text' && object.text.startsWith(first.text)
        ? text(object.text.slice(first.text.length))
        : object;
    case 'removesuffix':
      return first?.kind === 'text' && object.text.endsWith(first.text)
        ? text(object.text.slice(0, -first.text.length))
        : object;
    default:
      return object.isPath === true ? pathMethod(object, name, given) : UNKNOWN;
  }
}

function member(value: PyValue, name: string, isKey: boolean): PyValue {
  return isKey ? itemAt(value, keyOfField(name)) : attributeOf(value, name);
}

function joinTexts(separator: PyText, items: PyValue | undefined): PyValue {
  const found = items === undefined ? undefined : itemsOf(items);
  if (found === undefined) return text(hole());
  return text(found.items.map(textOfValue).join(separator.text) + (found.open ? hole() : ''));
}

function startsOrEnds(value: string, part: PyValue | undefined, name: string): PyValue {
  if (hasHole(value)) return UNKNOWN;
  const parts = part?.kind === 'list' ? part.items : part === undefined ? [] : [part];
  if (parts.some((one) => one.kind !== 'text' || hasHole(one.text))) return UNKNOWN;
  const texts = parts.map(textOfValue);
  return bool(
    texts.some((one) => (name === 'startswith' ? value.startsWith(one) : value.endsWith(one))),
  );
}

function pathMethod(object: PyText, name: string, given: Arguments): PyValue {
  const [first] = given.positional;
  switch (name) {
    case 'joinpath':
      return given.positional.reduce<PyValue>(joinPaths, object);
    case 'with_suffix':
      return first?.kind === 'text'
        ? path(object.text.replace(/\.[^./]*$/, '') + first.text)
        : UNKNOWN;
    case 'as_posix':
      return text(object.text);
    default:
      return UNKNOWN;
  }
}

function listMethod(
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
    case 'update': {
      const added = itemsOf(first);
      object.items.push(...(added?.items ?? []));
      if (added?.open !== false) object.open = true;
      interpreter.touch(object);
      return NONE;
    }
    case 'copy':
    case 'tolist':
      return list(object.items, object.open, object.type);
    case 'count':
    case 'index': {
      const at = object.items.findIndex(
        (item) => keyOf(item) !== undefined && keyOf(item) === keyOf(first),
      );
      return name === 'index' && at !== -1 && !object.open ? int(at) : UNKNOWN;
    }
    default:
      // `remove`, `sort`, `pop` …: what is in it is no longer known.
      object.open = true;
      if (name !== 'union' && name !== 'get') object.items = [];
      return UNKNOWN;
  }
}

function dictMethod(
  object: PyDict,
  name: string,
  given: Arguments,
  interpreter: Interpreter,
): PyValue {
  const [key = UNKNOWN, otherwise = NONE] = given.positional;
  const entries = [...object.entries.values()];
  switch (name) {
    case 'get':
    case 'setdefault': {
      const found = itemAt(object, key);
      if (found.kind !== 'unknown' || keyOf(key) === undefined) return found;
      if (object.open || object.entries.has(keyOf(key) ?? '')) return UNKNOWN;
      if (name === 'setdefault') setEntry(object, key, otherwise);
      return given.keywords.get('default') ?? otherwise;
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
      updateDict(object, key, given);
      interpreter.touch(object);
      return NONE;
    default:
      object.open = true;
      return UNKNOWN;
  }
}

function updateDict(object: PyDict, added: PyValue, given: Arguments): void {
  if (added.kind === 'dict') {
    for (const [name, entry] of added.entries) object.entries.set(name, entry);
    if (added.open) object.open = true;
  } else if (given.positional.length > 0) object.open = true;
  for (const [name, value] of given.keywords) setEntry(object, text(name), value);
}
