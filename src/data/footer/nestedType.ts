import { quoteIdentifier } from '../../base/escape';
import { leafType } from './nativeType';
import type { LeafStatistics, SchemaElement } from './parquetFooter';

/** An element with all below it. */
export interface FooterNode {
  readonly element: SchemaElement;
  readonly children: readonly FooterNode[];
  /** Of a leaf. */
  readonly leaf?: LeafStatistics;
}

/** Older annotations of groups. */
const MAP = 1;
const MAP_KEY_VALUE = 2;
const LIST = 3;

const LOGICAL_VARIANT = 16;

/** DuckDB's name of the type that it reads a column as, with what is nested in it. */
export function nestedType(node: FooterNode, parent?: SchemaElement): string {
  const { element, children } = node;
  const isRepeated = element.repetition === 'repeated';
  if (element.logical?.id === LOGICAL_VARIANT) return 'VARIANT';
  if (children.length === 0) return isRepeated ? `${leafType(element)}[]` : leafType(element);
  if (isEntry(node, parent)) return `MAP(${typesOf(node).join(', ')})`;
  const own = contentType(node);
  return isRepeated ? `${own}[]` : own;
}

/** Whether a group is the key and the value of a map. */
function isEntry({ element, children }: FooterNode, parent: SchemaElement | undefined): boolean {
  if (children.length !== 2) return false;
  return (
    element.converted === MAP_KEY_VALUE || (parent?.converted === MAP && parent.children === 1)
  );
}

/** A group that only is there to repeat something is not seen. */
function contentType(node: FooterNode): string {
  const { element, children } = node;
  const types = typesOf(node);
  const isWrapper =
    element.repetition === 'repeated' || element.converted === LIST || element.converted === MAP;
  if (types.length === 1 && isWrapper) return types.join();
  const fields = children.map((child, index) => `${fieldName(child)} ${types[index]}`);
  return `STRUCT(${fields.join(', ')})`;
}

function typesOf({ element, children }: FooterNode): readonly string[] {
  return children.map((child) => nestedType(child, element));
}

function fieldName({ element: { name } }: FooterNode): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}
