import { resolveTemplate, type Values as TemplateValues } from './template';
import type { CallExpression, Module, Scope } from './syntax';

/**
 * What an expression may stand for, as far as it can be told without running anything. An expression has a list of
 * these: several where there are alternatives, none where it is unknown. In texts `*` is what is not known.
 */
export type Value =
  | TextValue
  | { readonly kind: 'number'; readonly value: number }
  | MapValue
  | { readonly kind: 'list'; readonly items: readonly Values[] }
  /** An open file. */
  | { readonly kind: 'file'; readonly path: TextValue; readonly writes: boolean }
  /** What a file contains, as text. */
  | { readonly kind: 'content'; readonly path: TextValue }
  | { readonly kind: 'module'; readonly module: Module }
  /** Something that is not of this project, by its full name: `pandas.read_csv`, `open`. */
  | { readonly kind: 'external'; readonly name: string; readonly importer: Module }
  | { readonly kind: 'function'; readonly scope: Scope }
  | { readonly kind: 'class'; readonly scope: Scope }
  | InstanceValue;

export type Values = readonly Value[];

export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
  /** Whether it is a path from the project's root (it began with `__file__`), not from the working folder. */
  readonly rooted: boolean;
}

export interface MapValue {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Values>;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly scope: Scope;
  /** How it was made, and where: its keywords are the fields of a dataclass. */
  readonly made?: { readonly call: CallExpression; readonly scope: Scope };
}

/** More alternatives than this say nothing. */
const MOST_ALTERNATIVES = 12;

export function text(value: string, rooted = false): TextValue {
  return { kind: 'text', text: value, rooted };
}

/** The different ones of several values, as many as are worth following. */
export function distinct(values: Values): Values {
  if (values.length < 2) return values;
  const seen = new Set<string>();
  const kept = values.filter((value) => {
    if (value.kind !== 'text') return true;
    const key = `${value.rooted ? '/' : ''}${value.text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return kept.slice(0, MOST_ALTERNATIVES);
}

export function textsOf(values: Values): readonly TextValue[] {
  return values.filter((value) => value.kind === 'text');
}

/** What a loop over a value goes through. */
export function listItems(value: Value): readonly Values[] {
  if (value.kind === 'list') return value.items;
  if (value.kind === 'map') return [...value.entries.keys()].map((key) => [text(key)]);
  return [];
}

/** How a value is written inside a text; undefined where it cannot be. */
export function asText(value: Value): TextValue | undefined {
  if (value.kind === 'text') return value;
  return value.kind === 'number' ? text(String(value.value)) : undefined;
}

/** Every combination of the alternatives of several parts, joined; an unknown part is `*`. */
export function joinAlternatives(
  parts: readonly Values[],
  join: (left: TextValue, right: TextValue) => TextValue,
): Values {
  let joined: readonly TextValue[] | undefined;
  for (const part of parts) {
    const known = part.flatMap((value) => asText(value) ?? []);
    const choices = known.length === 0 ? [text('*')] : known;
    joined =
      joined === undefined
        ? choices
        : joined.flatMap((left) => choices.map((right) => join(left, right)));
    joined = joined.slice(0, MOST_ALTERNATIVES);
  }
  return distinct(joined ?? []);
}

export function appendText(left: TextValue, right: TextValue): TextValue {
  return text(`${left.text}${right.text}`.replace(/\*{2,}/g, '*'), left.rooted);
}

/** As `pathlib` and `os.path.join` do: an absolute second part takes the place of the first. */
export function joinPath(left: TextValue, right: TextValue): TextValue {
  if (right.rooted || right.text.startsWith('/')) return right;
  if (left.text === '' || left.text === '.') return text(right.text, left.rooted);
  return text(`${left.text.replace(/\/$/, '')}/${right.text}`, left.rooted);
}

/** The folder that a path is in; `..` where there is no more to go up. */
export function parentPath(path: TextValue): TextValue {
  const parts = path.text.split('/').filter((part) => part !== '' && part !== '.');
  const absolute = path.text.startsWith('/') ? '/' : '';
  if (parts.length === 0 || parts.at(-1) === '..')
    return text([...parts, '..'].join('/'), path.rooted);
  return text(
    absolute + (parts.slice(0, -1).join('/') || (absolute === '' ? '.' : '')),
    path.rooted,
  );
}

/** A value of a YAML or JSON file, with OmegaConf's `${a.b}` taken from `root`. */
export function valueOfData(data: unknown, root: unknown): Values {
  if (typeof data === 'string') return [text(resolveTemplate(data, root as TemplateValues).text)];
  if (typeof data === 'number') return [{ kind: 'number', value: data }];
  if (Array.isArray(data)) {
    return [{ kind: 'list', items: data.map((item) => valueOfData(item, root)) }];
  }
  if (typeof data !== 'object' || data === null) return [];
  const entries = Object.entries(data).map(
    ([key, value]) => [key, valueOfData(value, root)] as const,
  );
  return [{ kind: 'map', entries: new Map(entries) }];
}
