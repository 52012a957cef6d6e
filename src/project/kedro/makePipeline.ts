import type { Arguments } from '../evaluate/interpreter';
import { truthOf } from '../evaluate/pyText';
import { hasHole, NONE, UNKNOWN, type PyValue } from '../evaluate/pyValue';
import type { KedroInterpreter } from './kedroInterpreter';
import {
  isParameterName,
  nodeOf,
  pipelineOf,
  pipelineValue,
  type KedroNode,
} from './kedroPipeline';
import { namesIn } from './makeNode';
import { renameNode } from './renameNodes';

/** `pipeline([nodes and pipelines], inputs=…, outputs=…, parameters=…, tags=…, namespace=…)`. */
export function makePipeline(
  { positional, keywords, open }: Arguments,
  interpreter: KedroInterpreter,
): PyValue {
  const nodes: KedroNode[] = [];
  // Before Kedro 0.19 it was called `pipe`.
  const given = keywords.get('nodes') ?? keywords.get('pipe') ?? positional[0] ?? UNKNOWN;
  const isWhole = collectNodes(given, nodes);
  const option = (name: string): PyValue => keywords.get(name) ?? NONE;
  const mapping = new Map<string, string>();
  const areNamed = ['inputs', 'outputs', 'parameters'].map((name) =>
    addMapping(option(name), mapping, name === 'parameters'),
  );
  const [namespace] = namesIn(option('namespace')).names;
  const renaming = {
    mapping,
    namespace,
    tags: namesIn(option('tags')).names,
    prefixesDatasets: truthOf(keywords.get('prefix_datasets_with_namespace') ?? UNKNOWN) !== false,
  };
  const isOpen =
    open ||
    !isWhole ||
    areNamed.includes(false) ||
    namesIn(option('namespace')).isOpen ||
    nodes.some((node) => node.isOpen);
  const renamed = nodes.map((node) => renameNode(node, renaming));
  reportDuplicates(renamed, interpreter);
  return pipelineValue({ nodes: renamed, isOpen, source: interpreter.place() });
}

/** Whether all of them are known. */
function collectNodes(value: PyValue, nodes: KedroNode[]): boolean {
  const pipeline = pipelineOf(value);
  const node = nodeOf(value);
  if (pipeline !== undefined) nodes.push(...pipeline.nodes);
  else if (node !== undefined) nodes.push(node);
  else if (value.kind === 'list') {
    return value.items.map((item) => collectNodes(item, nodes)).every(Boolean) && !value.open;
  }
  return pipeline === undefined ? node !== undefined : !pipeline.isOpen;
}

/** `"x"`, `{"x", "y"}` keep their names, `{"x": "z"}` gives a new one. Whether all of it is known. */
function addMapping(value: PyValue, mapping: Map<string, string>, areParameters: boolean): boolean {
  const written = (name: string): string =>
    !areParameters || isParameterName(name) ? name : `params:${name}`;
  if (value.kind !== 'dict') {
    const { names, isOpen } = namesIn(value);
    for (const name of names) mapping.set(written(name), written(name));
    return !isOpen;
  }
  for (const { key, value: to } of value.entries.values()) {
    if (key.kind !== 'text' || to.kind !== 'text' || hasHole(to.text)) return false;
    mapping.set(written(key.text), written(to.text));
  }
  return !value.open;
}

/** Kedro refuses a pipeline with two nodes of one name, or two that give the same. */
function reportDuplicates(nodes: readonly KedroNode[], interpreter: KedroInterpreter): void {
  const names = new Set<string>();
  const outputs = new Set<string>();
  for (const node of nodes) {
    const name = [node.namespace, node.name].filter((part) => part !== undefined).join('.');
    if (node.name !== undefined && names.has(name)) {
      const message = `Two nodes of a pipeline are named "${name}", which Kedro refuses.`;
      interpreter.report({
        code: 'kedro-node-duplicate',
        message,
        ...node.place,
        fix: 'Rename one of them.',
      });
    }
    names.add(name);
    for (const output of node.outputs) {
      if (outputs.has(output)) {
        const message = `Two nodes of a pipeline give "${output}", which Kedro refuses.`;
        interpreter.report({
          code: 'kedro-output-duplicate',
          message,
          ...node.place,
          fix: 'Give one of them another name.',
        });
      }
      outputs.add(output);
    }
  }
}
