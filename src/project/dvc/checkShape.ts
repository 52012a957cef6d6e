import { nearestWord } from '../../base/nearest';
import type { Problem } from '../../base/problem';
import type { YamlNode } from '../yamlNode';
import type { Shape } from './shapes';

type Say = (
  place: { readonly line: number; readonly column?: number },
  message: string,
  fix: string,
) => void;

/** The places where a file is not what DVC takes, for which it refuses the whole of it. */
export function checkShape(
  node: YamlNode,
  shape: Shape,
  place: { readonly file: string; readonly way: readonly string[] },
): readonly Problem[] {
  const problems: Problem[] = [];
  const budget = { left: MOST_NODES };
  const say: Say = ({ line, column }, message, fix) => {
    problems.push({
      code: 'dvc-invalid',
      message: `DVC refuses this file: ${message}`,
      file: place.file,
      line,
      ...(column === undefined ? {} : { column }),
      fix,
    });
  };
  check(node, shape, place.way, { say, budget });
  return problems.slice(0, MOST_PROBLEMS);
}

/** A few lines of YAML can stand for billions of entries. */
const MOST_NODES = 100_000;
const MOST_PROBLEMS = 10;

interface Checking {
  readonly say: Say;
  readonly budget: { left: number };
}

function check(node: YamlNode, shape: Shape, way: readonly string[], checking: Checking): void {
  const { say, budget } = checking;
  if (--budget.left < 0) return;
  if (!fits(node, shape)) {
    const fix = node.isPresent ? fixOf(shape) : 'Fill it in, or remove it.';
    say(node, `${nameOf(way)} must be ${describe(shape)}.`, fix);
  } else if (typeof shape === 'string') {
    return;
  } else if ('list' in shape) {
    node
      .items()
      .forEach((item, index) => check(item, shape.list, [...way, String(index)], checking));
  } else if ('each' in shape) {
    for (const { key, line, value, isOdd } of node.entries()) {
      if (isOdd === true)
        say({ line }, `${key} in ${nameOf(way)} is no text.`, 'Put it in quotes.');
      check(value, shape.each, [...way, key], checking);
    }
  } else if ('either' in shape) {
    const chosen = shape.either.find((one) => fits(node, one));
    if (chosen !== undefined) check(node, chosen, way, checking);
  } else checkEntries(node, shape, way, checking);
}

function checkEntries(
  node: YamlNode,
  { entries, required = [] }: Extract<Shape, { readonly entries: unknown }>,
  way: readonly string[],
  checking: Checking,
): void {
  const { say } = checking;
  for (const { key, line, value } of node.entries()) {
    const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (inner !== undefined) check(value, inner, [...way, key], checking);
    else {
      const nearest = nearestWord(key, new Set(Object.keys(entries)));
      const fix = nearest === undefined ? 'Remove it.' : `Did you mean \`${nearest}\`?`;
      say({ line }, `${nameOf(way)} has an unknown entry \`${key}\`.`, fix);
    }
  }
  for (const key of required) {
    if (node.get(key) === undefined) say(node, `${nameOf(way)} has no \`${key}\`.`, 'Add it.');
  }
}

/** Only itself: what is in it is looked at after that. */
function fits(node: YamlNode, shape: Shape): boolean {
  switch (shape) {
    case 'anything':
      return true;
    case 'text':
      return node.isScalar && typeof node.toValue() === 'string';
    case 'switch':
      return node.isScalar && typeof node.toValue() === 'boolean';
    case 'number':
      return node.isScalar && typeof node.toValue() === 'number';
    case 'map':
      return node.isMap;
    case 'nothing':
      return !node.isPresent;
    default:
      if ('list' in shape) return node.isList;
      if ('either' in shape) return shape.either.some((one) => fits(node, one));
      return node.isMap;
  }
}

function describe(shape: Shape): string {
  if (shape === 'switch') return '`true` or `false`';
  if (typeof shape === 'string') return shape === 'nothing' ? shape : `a ${shape}`;
  if ('list' in shape) return 'a list';
  if ('either' in shape) return shape.either.map(describe).join(' or ');
  return 'a map';
}

function fixOf(shape: Shape): string {
  if (shape === 'switch') return 'Write it without quotes, and without `${…}`.';
  if (shape === 'text') return 'If it is one, put it in quotes.';
  const isList = typeof shape === 'object' && 'list' in shape;
  return isList ? 'Write each entry on a line of its own, with `- ` before it.' : 'Correct it.';
}

/** `stages.train.deps`, as DVC itself names it. */
function nameOf(way: readonly string[]): string {
  return way.length === 0 ? 'it' : `\`${way.join('.')}\``;
}
