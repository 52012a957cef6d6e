import type { Evidence } from '../../base/evidence';
import type { Arguments } from '../evaluate/interpreter';
import { textOfValue } from '../evaluate/pyText';
import {
  text,
  UNKNOWN,
  type PyList,
  type PyObject,
  type PyText,
  type PyValue,
} from '../evaluate/pyValue';
import { ACTIONS, type Section } from './snakefile';
import type { Rule, RuleAction, RuleItem, RuleParam } from './workflow';

/** A section with its arguments evaluated where it stands. */
export interface Part {
  readonly section: Section;
  readonly given: Arguments;
  /** The folder of its Snakefile. */
  readonly folder: string;
  /** It stands below `with:` of a module's rule: Snakemake leaves its paths as they are written there. */
  readonly isOverride?: true;
}

/** What a rule is made of; `use rule … with:` replaces some of it. */
export interface RuleParts {
  readonly name: string;
  readonly isCheckpoint: boolean;
  readonly isConditional: boolean;
  readonly source: Evidence;
  readonly folder: string;
  readonly parts: ReadonlyMap<string, Part>;
  /** What a module does to paths. */
  readonly modifyPath: (path: string) => string;
  readonly mentions: readonly string[];
  readonly parameters: readonly string[];
}

const NO_ARGUMENTS: Arguments = { positional: [], keywords: new Map(), open: false };

export function buildRule(own: RuleParts, constraints: ReadonlyMap<string, string>): Rule {
  const given = (name: string): Arguments => own.parts.get(name)?.given ?? NO_ARGUMENTS;
  const items = (name: string): readonly RuleItem[] =>
    own.parts.get(name)?.isOverride === true
      ? readItems(given(name), (path) => path)
      : readItems(given(name), own.modifyPath);
  const action = readAction(own);
  return {
    name: own.name,
    isCheckpoint: own.isCheckpoint,
    isConditional: own.isConditional,
    source: own.source,
    input: items('input'),
    output: items('output'),
    log: items('log'),
    benchmark: items('benchmark'),
    params: readParams(given('params')),
    threads: given('threads').positional[0] ?? { kind: 'int', value: 1 },
    resources: given('resources').keywords,
    ...(action === undefined ? {} : { action }),
    constraints: new Map([...constraints, ...readConstraints(given('wildcard_constraints'))]),
    folder:
      action === undefined
        ? own.folder
        : (own.parts.get(action.section.name)?.folder ?? own.folder),
    code: [...own.parts.values()].map(({ section }) => section.arguments),
    mentions: own.mentions,
    parameters: own.parameters,
    hasSoftwareEnvironment: own.parts.has('envmodules'),
  };
}

function readAction(own: RuleParts): RuleAction | undefined {
  for (const [name, { section, given }] of own.parts) {
    if (!ACTIONS.has(name)) continue;
    const kind = name as RuleAction['kind'];
    return { kind, value: given.positional[0] ?? UNKNOWN, section };
  }
  return undefined;
}

/** `wildcard_constraints: sample=r"\w+"`. */
export function readConstraints({ keywords }: Arguments): ReadonlyMap<string, string> {
  return new Map([...keywords].map(([name, value]) => [name, textOfValue(value)]));
}

function readItems(given: Arguments, modifyPath: (path: string) => string): readonly RuleItem[] {
  const read = (value: PyValue, name: string | undefined): readonly RuleItem[] =>
    itemsOfValue(value, name, modifyPath);
  return [
    ...given.positional.flatMap((value) => read(value, undefined)),
    ...[...given.keywords].flatMap(([name, value]) => read(value, name)),
    ...(given.open ? [{ kind: 'unknown' } as const] : []),
  ];
}

const NO_FLAGS: ReadonlySet<string> = new Set();

/** The files that a value means; lists in lists count as one. */
export function itemsOfValue(
  value: PyValue,
  name: string | undefined,
  modifyPath: (path: string) => string = (path) => path,
): readonly RuleItem[] {
  const named = name === undefined ? {} : { name };
  if (value.kind === 'text') {
    return [
      { kind: 'path', ...named, path: modifyPath(value.text), flags: value.flags ?? NO_FLAGS },
    ];
  }
  if (value.kind === 'list') {
    const names = new Map([...(value.names ?? [])].map(([own, item]) => [item, own]));
    const items = value.items.flatMap((item) =>
      itemsOfValue(item, name ?? names.get(item), modifyPath),
    );
    return value.open ? [...items, { kind: 'unknown', ...named }] : items;
  }
  if (value.kind === 'function') return [{ kind: 'function', ...named, value, unpack: false }];
  const inner = value.kind === 'object' ? value.attributes.get('unpack') : undefined;
  if (inner?.kind === 'function')
    return [{ kind: 'function', ...named, value: inner, unpack: true }];
  return [{ kind: 'unknown', ...named }];
}

function readParams(given: Arguments): readonly RuleParam[] {
  return [
    ...given.positional.map((value) => ({ value })),
    ...[...given.keywords].map(([name, value]) => ({ name, value })),
    ...(given.open ? [{ value: UNKNOWN }] : []),
  ];
}

/** What `rules.NAME` is for other rules. */
export function proxyOfRule(rule: Rule): PyObject {
  return {
    kind: 'object',
    attributes: new Map<string, PyValue>([
      ['input', listOfItems(rule.input)],
      ['output', listOfItems(rule.output)],
      ['log', listOfItems(rule.log)],
      ['benchmark', listOfItems(rule.benchmark).items[0] ?? UNKNOWN],
      ['params', listOfParams(rule.params)],
      ['name', text(rule.name)],
    ]),
  };
}

/** A list of files whose parts have names: `output[0]`, `output.model`. */
export function listOfItems(items: readonly RuleItem[]): PyList {
  const values = items.map((item): PyValue =>
    item.kind === 'path' ? plainText(item.path) : item.kind === 'function' ? item.value : UNKNOWN,
  );
  const names = new Map<string, PyValue>();
  items.forEach(({ name }, index) => {
    if (name === undefined || names.has(name)) return;
    const own = values.filter((_, at) => items[at]?.name === name);
    names.set(
      name,
      own.length === 1
        ? (values[index] ?? UNKNOWN)
        : { kind: 'list', type: 'list', items: own, open: false },
    );
  });
  return {
    kind: 'list',
    type: 'list',
    items: values,
    open: items.some((item) => item.kind === 'unknown'),
    names,
  };
}

/** Other rules see a file without the constraints of its wildcards. */
function plainText(path: string): PyText {
  return text(path.replace(/\{\s*([.\w]+)\s*,(?:[^{}]+|\{\d+(?:,\d+)?\})*\}/g, '{$1}'));
}

export function listOfParams(params: readonly RuleParam[]): PyList {
  const names = new Map(
    params.flatMap(({ name, value }): [string, PyValue][] =>
      name === undefined ? [] : [[name, value]],
    ),
  );
  return {
    kind: 'list',
    type: 'list',
    items: params.map(({ value }) => value),
    open: false,
    names,
  };
}
