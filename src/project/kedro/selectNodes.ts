import type { Arguments } from '../evaluate/interpreter';
import { withoutTranscoding, type KedroNode, type KedroPipeline } from './kedroPipeline';
import { namesIn } from './makeNode';

type Test = (node: KedroNode, names: ReadonlySet<string>) => boolean;

const BY_TAG: Test = (node, names) => node.tags.some((tag) => names.has(tag));
const BY_NAME: Test = (node, names) => names.has(fullName(node));
const BY_NAMESPACE: Test = (node, names) =>
  [...names].some(
    (name) => node.namespace === name || node.namespace?.startsWith(`${name}.`) === true,
  );
const BY_INPUT: Test = (node, names) =>
  node.inputs.some((one) => names.has(withoutTranscoding(one)));
const BY_OUTPUT: Test = (node, names) =>
  node.outputs.some((one) => names.has(withoutTranscoding(one)));

const METHODS: Readonly<Record<string, readonly [Test, 'only' | 'down' | 'up']>> = {
  only_nodes: [BY_NAME, 'only'],
  only_nodes_with_tags: [BY_TAG, 'only'],
  only_nodes_with_namespace: [BY_NAMESPACE, 'only'],
  only_nodes_with_namespaces: [BY_NAMESPACE, 'only'],
  only_nodes_with_inputs: [BY_INPUT, 'only'],
  only_nodes_with_outputs: [BY_OUTPUT, 'only'],
  from_nodes: [BY_NAME, 'down'],
  to_nodes: [BY_NAME, 'up'],
  from_inputs: [BY_INPUT, 'down'],
  to_outputs: [BY_OUTPUT, 'up'],
};

/** The options of `filter`, and the methods that do the same. */
const FILTERS: Readonly<Record<string, string>> = {
  tags: 'only_nodes_with_tags',
  from_nodes: 'from_nodes',
  to_nodes: 'to_nodes',
  node_names: 'only_nodes',
  from_inputs: 'from_inputs',
  to_outputs: 'to_outputs',
  node_namespace: 'only_nodes_with_namespace',
  node_namespaces: 'only_nodes_with_namespaces',
};

/** `pipeline.only_nodes_with_tags("x")`, `pipeline.tag("x")`, `pipeline.filter(…)`; of an unknown method all nodes, open. */
export function selectNodes(
  pipeline: KedroPipeline,
  method: string,
  { positional, keywords, open }: Arguments,
): KedroPipeline {
  if (method === 'filter') {
    return [...keywords].reduce(
      (left, [option, value]) =>
        intersect(left, selectNodes(pipeline, FILTERS[option] ?? option, asArguments([value]))),
      open ? { ...pipeline, isOpen: true } : pipeline,
    );
  }
  const found = namesIn({
    kind: 'list',
    type: 'list',
    items: [...positional, ...keywords.values()],
    open,
  });
  const names = new Set(found.names);
  const isOpen = pipeline.isOpen || found.isOpen;
  if (method === 'tag') {
    const tagged = pipeline.nodes.map((node) => ({ ...node, tags: [...node.tags, ...names] }));
    return { ...pipeline, nodes: tagged, isOpen };
  }
  const known = METHODS[method];
  if (known === undefined) return { ...pipeline, isOpen: true };
  const [test, direction] = known;
  const chosen = new Set(pipeline.nodes.filter((node) => test(node, names)));
  if (direction !== 'only') follow(pipeline.nodes, chosen, direction);
  return { ...pipeline, nodes: pipeline.nodes.filter((node) => chosen.has(node)), isOpen };
}

function asArguments(positional: Arguments['positional']): Arguments {
  return { positional, keywords: new Map(), open: false };
}

function intersect(left: KedroPipeline, right: KedroPipeline): KedroPipeline {
  const kept = new Set(right.nodes);
  const nodes = left.nodes.filter((node) => kept.has(node));
  return { ...left, nodes, isOpen: left.isOpen || right.isOpen };
}

/** Adds what comes after the chosen nodes, or before them. */
function follow(
  nodes: readonly KedroNode[],
  chosen: Set<KedroNode>,
  direction: 'down' | 'up',
): void {
  for (const node of chosen) {
    const ends = new Set(
      (direction === 'down' ? node.outputs : node.inputs).map(withoutTranscoding),
    );
    for (const other of nodes) {
      const names = direction === 'down' ? other.inputs : other.outputs;
      if (names.some((name) => ends.has(withoutTranscoding(name)))) chosen.add(other);
    }
  }
}

export function fullName(node: KedroNode): string {
  return [node.namespace, node.name].filter((part) => part !== undefined).join('.');
}
