import type { Problem } from '../../base/problem';
import type { YamlEntry, YamlNode } from '../yamlNode';
import { interpolateDeep, writeScalar, type Values } from './interpolate';
import { pythonNumber } from './pythonNumber';
import { isMap } from './writeOptions';

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
 * `train@cnn-feature1`; dvc/parsing/__init__.py). Problem `dvc-template-unsupported` where the list to go through is
 * not known.
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
  const body = matrix === undefined ? value.get('do') : value;
  const source = matrix ?? foreach;
  const data = interpolateDeep(source?.toValue(pythonNumber), values);
  const variants = matrix === undefined ? foreachVariants(data) : matrixVariants(data);
  if (variants === undefined || body === undefined || variants.size > MOST_STAGES) {
    problems.push({
      code: 'dvc-template-unsupported',
      message: `The stages that "${key}" stands for cannot be told from files alone.`,
      file,
      line: source?.line ?? line,
      column: source?.column ?? 1,
    });
    return [];
  }
  return [...variants].map(([suffix, added]) => ({
    name: `${key}@${suffix}`,
    line,
    body,
    values: { ...values, ...added },
  }));
}

/** What is added to the values, by the suffix of the name. Of two with one name, DVC takes the last. */
type Variants = ReadonlyMap<string, Values>;

function foreachVariants(data: unknown): Variants | undefined {
  if (Array.isArray(data)) {
    const items: readonly unknown[] = data;
    const isSimple = !items.some(isContainer);
    return new Map(
      items.map((item, index) => [isSimple ? writeScalar(item) : String(index), { item }]),
    );
  }
  if (!isMap(data)) return undefined;
  return new Map(Object.entries(data).map(([key, item]) => [key, { key, item }]));
}

function matrixVariants(data: unknown): Variants | undefined {
  if (!isMap(data) || Object.keys(data).length === 0) return undefined;
  let variants: { parts: readonly string[]; item: Values }[] = [{ parts: [], item: {} }];
  for (const [key, list] of Object.entries(data)) {
    const choices = choicesOf(list);
    if (choices === undefined || variants.length * choices.length > MOST_STAGES) return undefined;
    variants = variants.flatMap(({ parts, item }) =>
      choices.map((choice, index) => ({
        parts: [...parts, isContainer(choice) ? `${key}${index}` : writeScalar(choice)],
        item: { ...item, [key]: choice },
      })),
    );
  }
  return new Map(
    variants.map(({ parts, item }) => [parts.join('-'), { item, key: parts.join('-') }]),
  );
}

/** What Python goes through: the items of a list, the keys of a map. */
function choicesOf(list: unknown): readonly unknown[] | undefined {
  if (Array.isArray(list)) return list;
  return isMap(list) ? Object.keys(list) : undefined;
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
