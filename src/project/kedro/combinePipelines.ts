import type { Evidence } from '../../base/evidence';
import type { PyValue } from '../evaluate/pyValue';
import { nodeKey, pipelineOf, pipelineValue, type KedroNode } from './kedroPipeline';

/**
 * `a + b`, `a - b`, `a & b`, `a | b` of pipelines; undefined where neither is one. Together with something unknown a
 * pipeline is open.
 */
export function combinePipelines(
  operator: string,
  left: PyValue,
  right: PyValue,
  source: Evidence,
): PyValue | undefined {
  const [first, second] = [pipelineOf(left), pipelineOf(right)];
  if (first === undefined && second === undefined) return undefined;
  // `sum` begins with 0.
  if (left.kind === 'int') return right;
  const known = [first?.nodes ?? [], second?.nodes ?? []] as const;
  const isOpen = first?.isOpen !== false || second?.isOpen !== false;
  return pipelineValue({ nodes: combineNodes(operator, ...known), isOpen, source });
}

function combineNodes(
  operator: string,
  left: readonly KedroNode[],
  right: readonly KedroNode[],
): readonly KedroNode[] {
  const [mine, others] = [keysOf(left), keysOf(right)];
  switch (operator) {
    case '-':
      return left.filter((node) => !others.has(nodeKey(node)));
    case '&':
      return left.filter((node) => others.has(nodeKey(node)));
    default:
      return [...left, ...right.filter((node) => !mine.has(nodeKey(node)))];
  }
}

function keysOf(nodes: readonly KedroNode[]): ReadonlySet<string> {
  return new Set(nodes.map(nodeKey));
}
