import { formatTemplate, keyOfField } from './formatText';
import type { Arguments } from './interpreter';
import { attributeOf, itemAt } from './members';
import { joinPaths, path } from './operators';
import { itemsOf, textOfValue } from './pyText';
import {
  bool,
  hasHole,
  hole,
  int,
  list,
  text,
  UNKNOWN,
  type PyText,
  type PyValue,
} from './pyValue';

type Method = (object: PyText, given: Arguments) => PyValue;

export function textMethod(object: PyText, name: string, given: Arguments): PyValue {
  if (object.isPath === true && Object.hasOwn(PATH, name))
    return PATH[name]?.(object, given) ?? UNKNOWN;
  if (Object.hasOwn(WHOLE, name)) {
    // These only make sense of a text that is known.
    return hasHole(object.text)
      ? text(hole())
      : (WHOLE[name]?.(object.text, given.positional) ?? UNKNOWN);
  }
  return Object.hasOwn(PARTLY, name) ? (PARTLY[name]?.(object, given) ?? UNKNOWN) : UNKNOWN;
}

const WHOLE: Readonly<Record<string, (value: string, words: readonly PyValue[]) => PyValue>> = {
  upper: (value) => text(value.toUpperCase()),
  lower: (value) => text(value.toLowerCase()),
  capitalize: (value) => text(value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase()),
  strip: (value, [set]) => text(trimEnd(trimStart(value, set), set)),
  lstrip: (value, [set]) => text(trimStart(value, set)),
  rstrip: (value, [set]) => text(trimEnd(value, set)),
  split: (value, [separator, limit]) => split(value, separator, limit),
  rsplit: (value, [separator, limit]) =>
    limit === undefined ? split(value, separator, undefined) : UNKNOWN,
  splitlines: (value) => list(value.replace(/\n$/, '').split('\n').map(text)),
  zfill: (value, [width]) =>
    width?.kind === 'int' ? text(value.padStart(Math.min(width.value, 1000), '0')) : UNKNOWN,
  isdigit: (value) => bool(/^\d+$/.test(value)),
  count: (value, [part]) =>
    part?.kind === 'text' && part.text !== '' ? int(value.split(part.text).length - 1) : UNKNOWN,
  find: (value, [part]) => (part?.kind === 'text' ? int(value.indexOf(part.text)) : UNKNOWN),
};

const PARTLY: Readonly<Record<string, Method>> = {
  format: (object, given) =>
    text(formatTemplate(object.text, { ...given, member, missing: () => hole() })),
  join: (object, { positional: [items] }) => joinTexts(object, items),
  replace: (object, { positional: [old, fresh] }) =>
    old?.kind === 'text' && fresh?.kind === 'text'
      ? text(object.text.replaceAll(old.text, fresh.text))
      : text(hole()),
  startswith: (object, { positional: [part] }) =>
    testParts(object, part, (one) => object.text.startsWith(one)),
  endswith: (object, { positional: [part] }) =>
    testParts(object, part, (one) => object.text.endsWith(one)),
  removeprefix: (object, { positional: [part] }) =>
    part?.kind === 'text' && object.text.startsWith(part.text)
      ? text(object.text.slice(part.text.length))
      : object,
  removesuffix: (object, { positional: [part] }) =>
    part?.kind === 'text' && part.text !== '' && object.text.endsWith(part.text)
      ? text(object.text.slice(0, -part.text.length))
      : object,
};

const PATH: Readonly<Record<string, Method>> = {
  joinpath: (object, { positional }) => positional.reduce<PyValue>(joinPaths, object),
  with_suffix: (object, { positional: [suffix] }) =>
    suffix?.kind === 'text' ? path(object.text.replace(/\.[^./]*$/, '') + suffix.text) : UNKNOWN,
  as_posix: (object) => text(object.text),
};

function member(value: PyValue, name: string, isKey: boolean): PyValue {
  return isKey ? itemAt(value, keyOfField(name)) : attributeOf(value, name);
}

function trimStart(value: string, set: PyValue | undefined): string {
  if (set?.kind !== 'text') return value.trimStart();
  let from = 0;
  while (from < value.length && set.text.includes(value.charAt(from))) from++;
  return value.slice(from);
}

function trimEnd(value: string, set: PyValue | undefined): string {
  if (set?.kind !== 'text') return value.trimEnd();
  let to = value.length;
  while (to > 0 && set.text.includes(value.charAt(to - 1))) to--;
  return value.slice(0, to);
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
  return list([...parts, ...(rest.length === 0 ? [] : [rest.join(separator.text)])].map(text));
}

function joinTexts(separator: PyText, items: PyValue | undefined): PyValue {
  const found = items === undefined ? undefined : itemsOf(items);
  if (found === undefined) return text(hole());
  return text(found.items.map(textOfValue).join(separator.text) + (found.open ? hole() : ''));
}

function testParts(
  object: PyText,
  part: PyValue | undefined,
  test: (part: string) => boolean,
): PyValue {
  const parts = part?.kind === 'list' ? part.items : part === undefined ? [] : [part];
  const isKnown = parts.every((one) => one.kind === 'text' && !hasHole(one.text));
  return bool(isKnown && !hasHole(object.text) ? parts.map(textOfValue).some(test) : undefined);
}
