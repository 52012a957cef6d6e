import { isParameterName, type KedroNode } from './kedroPipeline';

/** What `pipeline(…)` does to the nodes that it is given. Source: kedro/pipeline/pipeline.py, `_rename`. */
export interface Renaming {
  /** New names of inputs and outputs, and of parameters with their `params:`. */
  readonly mapping: ReadonlyMap<string, string>;
  readonly namespace: string | undefined;
  readonly prefixesDatasets: boolean;
  readonly tags: readonly string[];
}

export function renameNode(node: KedroNode, renaming: Renaming): KedroNode {
  const { namespace, tags } = renaming;
  const names = [namespace, node.namespace].filter((part) => part !== undefined);
  return {
    ...node,
    namespace: names.length === 0 ? undefined : names.join('.'),
    inputs: node.inputs.map((name) => rename(name, renaming)),
    outputs: node.outputs.map((name) => rename(name, renaming)),
    tags: [...new Set([...node.tags, ...tags])],
  };
}

function rename(name: string, { mapping, namespace, prefixesDatasets }: Renaming): string {
  const mapped = mapping.get(name);
  if (mapped !== undefined) return mapped;
  if (name === 'parameters') return name;
  const at = name.indexOf('@');
  const base = at === -1 ? undefined : mapping.get(name.slice(0, at));
  if (base !== undefined) return base + name.slice(at);
  if (!prefixesDatasets || namespace === undefined) return name;
  return isParameterName(name)
    ? `params:${namespace}.${name.slice('params:'.length)}`
    : `${namespace}.${name}`;
}
