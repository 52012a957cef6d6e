import { DEFAULT_WRITING, isMap, writeOptions, type OptionWriting } from './writeOptions';

/**
 * `${a.b[0]}` in dvc.yaml (https://dvc.org/doc/user-guide/project-structure/dvcyaml-files#templating;
 * dvc/parsing/interpolate.py). What a value holds is not looked through for more expressions, so nothing recurs.
 */

/** What expressions stand for. Numbers are texts, written as Python writes them. */
export type Values = Readonly<Record<string, unknown>>;

export interface Interpolated {
  readonly text: string;
  readonly faults: readonly Fault[];
}

/** An expression that stays in the text as it was, and why. */
export interface Fault {
  readonly expression: string;
  readonly why: 'unknown' | 'no text';
}

const EXPRESSION = /(?<!\\)\$\{(.*?)\}/g;

/** @param command how maps become options of a command; undefined where only single values may stand */
export function interpolate(text: string, values: Values, command?: OptionWriting): Interpolated {
  const faults: Fault[] = [];
  const resolved = text.replace(EXPRESSION, (whole: string, expression: string) => {
    const value = lookUp(expression, values);
    const written = value === undefined ? undefined : writeValue(value, command);
    if (written === undefined) {
      faults.push({ expression, why: value === undefined ? 'unknown' : 'no text' });
    }
    return written ?? whole;
  });
  return { text: resolved.replaceAll('\\${', '${'), faults };
}

export function hasExpression(text: string): boolean {
  return text.match(EXPRESSION) !== null;
}

/** A value with every expression in its texts resolved, also to maps and lists; undefined where one is not known. */
export function interpolateDeep(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return interpolateWhole(value, values);
  if (Array.isArray(value)) {
    const items = value.map((item) => interpolateDeep(item, values));
    return items.includes(undefined) ? undefined : items;
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [interpolateWhole(key, values), interpolateDeep(inner, values)] as const,
  );
  if (entries.some(([key, inner]) => typeof key !== 'string' || inner === undefined)) {
    return undefined;
  }
  return Object.fromEntries(entries as [string, unknown][]);
}

/** A text that is one expression and nothing else stands for the value itself. */
function interpolateWhole(text: string, values: Values): unknown {
  const [, expression] = /^\$\{([^}\n]*)\}$/.exec(text) ?? [];
  if (expression !== undefined) return lookUp(expression, values);
  const resolved = interpolate(text, values, DEFAULT_WRITING);
  return resolved.faults.length === 0 ? resolved.text : undefined;
}

const WAY = /^[^.[\]]+(?:\.[^.[\]]+|\[[^.[\]]+\])*$/;

/** `a.b[0]`, with spaces around the keys. */
function lookUp(expression: string, values: Values): unknown {
  if (!WAY.test(expression)) return undefined;
  let value: unknown = values;
  for (const part of expression.replaceAll('[', '.').replaceAll(']', '').split('.')) {
    const key = part.trim();
    if (Array.isArray(value)) value = /^[-+]?\d+$/.test(key) ? value.at(Number(key)) : undefined;
    else value = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function writeValue(value: unknown, command: OptionWriting | undefined): string | undefined {
  if (isMap(value)) return command === undefined ? undefined : writeOptions(value, command);
  return typeof value === 'object' && value !== null ? undefined : writeScalar(value);
}

/** A single value within a text, and in the name of a stage. */
export function writeScalar(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null ? 'None' : JSON.stringify(value);
}
