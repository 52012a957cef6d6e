import type { Problem } from '../../base/problem';
import type { YamlEntry, YamlNode } from '../yamlNode';
import { pythonNumber } from './pythonNumber';
import { templateValue, type Values } from '../template';

/** One stage of dvc.yaml after `foreach` and `matrix`, with the values that its `${…}` stand for. */
export interface ExpandedStage {
  readonly name: string;
  readonly line: number;
  readonly body: YamlNode;
  readonly values: Values;
}

/** More than this is a mistake, or an attack on whoever opens the repository. */
const MOST_STAGES = 10_000;

/**
 * The stages that one entry under `stages:` stands for, named as DVC names them (`train@a`, `train@0`,
 * `train@cnn-feature1`). Problem `dvc-template-unsupported` where the list to go through is not known.
 */
export function expandStage(
  { key, line, value }: YamlEntry,
  values: Values,
  file: string,
  problems: Problem[],
): readonly ExpandedStage[] {
  const foreach = value.get('foreach');
  const matrix = value.get('matrix');
  if (foreach === undefined && matrix === undefined) {
    return [{ name: key, line, body: value, values }];
  }
  const body = foreach === undefined ? value : value.get('do');
  const source = foreach ?? matrix;
  const variants =
    foreach === undefined ? matrixVariants(matrix, values) : foreachVariants(foreach, values);
  if (variants === undefined || body === undefined || variants.length > MOST_STAGES) {
    problems.push({
      code: 'dvc-template-unsupported',
      message: `The stages that "${key}" stands for cannot be told from files alone.`,
      file,
      line: source?.line ?? line,
      column: source?.column ?? 1,
    });
    return [];
  }
  return variants.map(({ suffix, added }) => ({
    name: `${key}@${suffix}`,
    line,
    body,
    values: { ...values, ...added },
  }));
}

interface Variant {
  readonly suffix: string;
  readonly added: Values;
}

function foreachVariants(foreach: YamlNode, values: Values): Variant[] | undefined {
  const list = plainOf(foreach, values);
  if (Array.isArray(list)) {
    const simple = list.every((item) => typeof item !== 'object');
    return list.map((item, index) => ({
      suffix: simple ? String(item) : String(index),
      added: { item: resolveInside(item, values), key: index },
    }));
  }
  if (typeof list !== 'object' || list === null) return undefined;
  return Object.entries(list).map(([key, item]) => ({
    suffix: key,
    added: { key, item: resolveInside(item, values) },
  }));
}

function matrixVariants(matrix: YamlNode | undefined, values: Values): Variant[] | undefined {
  let variants: { parts: readonly string[]; item: Values }[] = [{ parts: [], item: {} }];
  for (const { key, value } of matrix?.entries() ?? []) {
    const list = plainOf(value, values);
    if (!Array.isArray(list) || variants.length * list.length > MOST_STAGES) return undefined;
    variants = variants.flatMap(({ parts, item }) =>
      list.map((choice, index) => ({
        parts: [...parts, typeof choice === 'object' ? `${key}${index}` : String(choice)],
        item: { ...item, [key]: resolveInside(choice, values) },
      })),
    );
  }
  return variants.map(({ parts, item }) => ({
    suffix: parts.join('-'),
    added: { item, key: parts.join('-') },
  }));
}

function plainOf(node: YamlNode, values: Values): unknown {
  return node.text === undefined ? node.toValue(pythonNumber) : templateValue(node.text, values);
}

/** `- ${a.b}` inside a literal list. */
function resolveInside(value: unknown, values: Values): unknown {
  return typeof value === 'string' ? (templateValue(value, values) ?? value) : value;
}
