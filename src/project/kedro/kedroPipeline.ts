import type { Evidence } from '../../base/evidence';
import { list, type PyObject, type PyValue } from '../evaluate/pyValue';

/** A node of a Kedro pipeline: a function with the names of what it takes and gives. */
export interface KedroNode {
  /** As given, without namespace; undefined: made of the function's name. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Names of datasets and parameters: `companies`, `x@pandas`, `params:lr`, `parameters`. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly tags: readonly string[];
  /** The file of the function; undefined where it is not of the project, or not known. */
  readonly functionFile: string | undefined;
  /** Whether some of its names could not be read. */
  readonly isOpen: boolean;
  /** Where the node is made. */
  readonly place: Evidence;
}

export interface KedroPipeline {
  readonly nodes: readonly KedroNode[];
  /** Whether there may be other nodes, or others than these: something in the code was not understood. */
  readonly isOpen: boolean;
  /** The function that made it, else where it was put together. */
  readonly source: Evidence;
}

const pipelines = new WeakMap<object, KedroPipeline>();
const nodes = new WeakMap<object, KedroNode>();

/** A pipeline as a value of Python. */
export function pipelineValue(pipeline: KedroPipeline): PyObject {
  const value: PyObject = {
    kind: 'object',
    attributes: new Map([['nodes', list(pipeline.nodes.map(nodeValue), pipeline.isOpen)] as const]),
    otherwise: (name) => ({ kind: 'method', object: value, name }),
  };
  pipelines.set(value, pipeline);
  return value;
}

export function nodeValue(node: KedroNode): PyObject {
  const value: PyObject = {
    kind: 'object',
    attributes: new Map(),
    otherwise: (name) => ({ kind: 'method', object: value, name }),
  };
  nodes.set(value, node);
  return value;
}

export function pipelineOf(value: PyValue | undefined): KedroPipeline | undefined {
  return value === undefined ? undefined : pipelines.get(value);
}

export function nodeOf(value: PyValue | undefined): KedroNode | undefined {
  return value === undefined ? undefined : nodes.get(value);
}

/** What tells two nodes apart, as Kedro compares them. */
export function nodeKey(node: KedroNode): string {
  const { file, line } = node.place;
  const name = node.name ?? `${file}:${line}`;
  return JSON.stringify([node.namespace, name, node.inputs, node.outputs]);
}

/** `x` of the transcoded `x@pandas`. */
export function withoutTranscoding(name: string): string {
  const at = name.indexOf('@');
  return at === -1 ? name : name.slice(0, at);
}

export function isParameterName(name: string): boolean {
  return name === 'parameters' || name.startsWith('params:');
}

/** The names of all that a pipeline's nodes give. */
export function outputNames(pipeline: Pick<KedroPipeline, 'nodes'>): ReadonlySet<string> {
  return new Set(pipeline.nodes.flatMap((node) => node.outputs));
}

/** What a pipeline takes and does not make itself. */
export function freeInputs(pipeline: Pick<KedroPipeline, 'nodes'>): ReadonlySet<string> {
  const made = new Set([...outputNames(pipeline)].map(withoutTranscoding));
  const inputs = pipeline.nodes.flatMap((node) => node.inputs);
  return new Set(inputs.filter((name) => !made.has(withoutTranscoding(name))));
}
