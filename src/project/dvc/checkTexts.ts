import type { Problem } from '../../base/problem';
import type { YamlNode } from '../yamlNode';
import { interpolate, type Values } from './interpolate';
import { DEFAULT_WRITING } from './writeOptions';

/** A few lines of YAML can stand for billions of texts. */
const MOST_NODES = 10_000;

/** Every `${…}` in a part of a dvc.yaml whose value is not known, wherever in it: DVC refuses the file for one. */
export function checkTexts(
  node: YamlNode | undefined,
  values: Values,
  place: { readonly file: string; readonly way: string },
  budget = { left: MOST_NODES },
): readonly Problem[] {
  if (node === undefined || --budget.left < 0) return [];
  const { file, way } = place;
  const found =
    node.text === undefined ? [] : interpolate(node.text, values, DEFAULT_WRITING).faults;
  const inner = [
    ...(node.isList ? node.items() : []),
    ...node.entries().map(({ value }) => value),
  ].flatMap((one) => checkTexts(one, values, place, budget));
  const own = found.map(({ expression }) => ({
    code: 'dvc-template-unsupported',
    message: `The value of \${${expression}} in \`${way}\` is not known.`,
    file,
    line: node.line,
    column: node.column,
  }));
  return [...own, ...inner];
}
