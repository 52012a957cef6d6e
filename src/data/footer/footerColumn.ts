import { endsOf, type ColumnEnds } from './footerEnds';
import { leafType, LOGICAL } from './nativeType';
import { nestedType, type FooterNode } from './nestedType';
import type { LeafStatistics, ParquetFooter, SchemaElement } from './parquetFooter';

/** One column of a table as its footer tells of it. */
export interface FooterColumn extends ColumnEnds {
  readonly name: string;
  /** DuckDB's name of the type that it reads the column as; absent where that cannot be told. */
  readonly nativeType?: string;
  /** Absent where the footer does not tell. */
  readonly nulls?: number;
  /** Not-a-number values; absent where the footer does not tell, as nearly always of floating-point numbers. */
  readonly nans?: number;
  /** Whether it is certain that some value is neither missing nor NaN. */
  readonly hasValues: boolean;
}

/** The columns of a file, in order, under the names that DuckDB reads them. */
export function columnsOfFooter(footer: ParquetFooter): readonly FooterColumn[] {
  const tree = new TreeReader(footer);
  const unique = uniqueNames();
  const count = footer.schema[0]?.children ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const node = tree.next();
    const { name } = node.element;
    return describeColumn(unique(name === '' ? `C${index}` : name), node);
  });
}

/** Whether the tree is sound was seen when it was read. */
class TreeReader {
  private at = 1;
  private leaf = 0;

  constructor(private readonly footer: ParquetFooter) {}

  next(): FooterNode {
    const element = this.footer.schema[this.at++] ?? NOTHING;
    if (element.physical === undefined) {
      const children = Array.from({ length: element.children }, () => this.next());
      return { element, children };
    }
    const leaf = this.footer.leaves[this.leaf++];
    return leaf === undefined ? { element, children: NONE } : { element, children: NONE, leaf };
  }
}

const NONE: readonly FooterNode[] = [];

const NOTHING: SchemaElement = { name: '', repetition: 'other', children: 0 };

function describeColumn(name: string, node: FooterNode): FooterColumn {
  const { element, leaf } = node;
  return leaf === undefined || element.repetition === 'repeated'
    ? describeNested(name, node)
    : describeLeaf(name, element, leaf);
}

function describeNested(name: string, node: FooterNode): FooterColumn {
  const leaves = leavesOf(node);
  const hasValues = leaves.some((each) => each.statistics.hasValues);
  const nulls = nullsOfNested(node, leaves);
  const nativeType = nestedType(node);
  return { name, nativeType, nans: 0, hasValues, ...(nulls === undefined ? {} : { nulls }) };
}

function describeLeaf(name: string, element: SchemaElement, leaf: LeafStatistics): FooterColumn {
  const { nans, ends, hasValues } = leaf;
  const nativeType = leafType(element);
  const nulls = element.logical?.id === LOGICAL.UNKNOWN ? leaf.values : leaf.nulls;
  return {
    name,
    nativeType,
    hasValues,
    ...(nulls === undefined ? NOTHING_TOLD : { nulls }),
    ...(nans === undefined ? NOTHING_TOLD : { nans }),
    ...(ends === undefined ? NOTHING_TOLD : endsOf(nativeType, element, ends)),
  };
}

const NOTHING_TOLD = {};

interface NestedLeaf {
  readonly statistics: LeafStatistics;
  /** Whether it can occur several times in a row. */
  readonly isRepeated: boolean;
}

function leavesOf(
  { element, children, leaf }: FooterNode,
  isInside = false,
): readonly NestedLeaf[] {
  const isRepeated = isInside || element.repetition === 'repeated';
  if (leaf !== undefined) return [{ statistics: leaf, isRepeated }];
  return children.flatMap((child) => leavesOf(child, isRepeated));
}

/** Rows in which the whole is missing: a leaf counts those where anything on the way to it is. */
function nullsOfNested({ element }: FooterNode, leaves: readonly NestedLeaf[]): number | undefined {
  if (element.repetition === 'required') return 0;
  if (element.repetition !== 'optional') return undefined;
  const told = leaves.find(({ statistics }) => statistics.absent !== undefined);
  if (told !== undefined) return told.statistics.absent;
  return leaves.some(({ statistics, isRepeated }) => !isRepeated && statistics.nulls === 0)
    ? 0
    : undefined;
}

/** DuckDB's way with names that differ in nothing or in case only: the second `a` is `a_1`. */
function uniqueNames(): (name: string) => string {
  const counts = new Map<string, number>();
  const unique = (name: string): string => {
    const key = name.toLowerCase();
    const count = counts.get(key);
    counts.set(key, (count ?? 0) + 1);
    return count === undefined ? name : unique(`${name}_${count}`);
  };
  return unique;
}
