import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../../base/escape';
import { failed, ok, type Result } from '../../../base/result';

/** What an expression is made of, as DuckDB's parser says; every node has a class. */
interface SqlNode {
  readonly class?: unknown;
  readonly column_names?: unknown;
  readonly [key: string]: unknown;
}

/** Nothing that reads other rows, other tables or other files, and no parameters. */
const REFUSED: ReadonlyMap<unknown, string> = new Map([
  ['SUBQUERY', 'it has a query of its own'],
  ['WINDOW', 'it looks at other rows'],
  ['STAR', 'it names columns by a star'],
  ['PARAMETER', 'it has a parameter'],
]);

/**
 * The names that an expression over the columns of one row refers to, the parts of a name with points each by itself.
 * Nothing is run. Fails with the reason, for people, where the text is anything but one expression.
 */
export async function parseRule(
  connection: DuckDBConnection,
  sql: string,
): Promise<Result<ReadonlySet<string>, string>> {
  // The line break ends a comment.
  const query = `SELECT (${sql}\n)`;
  let text: string;
  try {
    const reader = await connection.runAndReadAll(
      `SELECT json_serialize_sql(${quoteLiteral(query)})`,
    );
    [[text]] = reader.getRowsJS() as [[string]];
  } catch (error) {
    return failed(String(error).slice(0, 200));
  }
  const parsed = JSON.parse(text) as ParsedSql;
  if (parsed.error) return failed(parsed.error_message ?? 'it is no SQL');
  const [statement, another] = parsed.statements ?? [];
  const node = statement?.node;
  if (node === undefined || another !== undefined || !isOneExpression(node)) {
    return failed('it is not one expression');
  }
  const names = new Set<string>();
  const refusal = visit(node.select_list, names);
  return refusal === undefined ? ok(names) : failed(refusal);
}

interface ParsedSql {
  readonly error: boolean;
  readonly error_message?: string;
  readonly statements?: readonly { readonly node: SelectNode }[];
}

interface SelectNode {
  readonly type: string;
  readonly select_list?: readonly unknown[];
  readonly from_table?: { readonly type: string };
  readonly where_clause?: unknown;
  readonly modifiers?: readonly unknown[];
}

/** The query is what was written around the expression, and nothing more. */
function isOneExpression({ type, select_list, from_table, ...rest }: SelectNode): boolean {
  return (
    type === 'SELECT_NODE' &&
    select_list?.length === 1 &&
    from_table?.type === 'EMPTY' &&
    (rest.where_clause ?? null) === null &&
    (rest.modifiers ?? []).length === 0
  );
}

/** Collects names. @returns why the expression is refused, where it is */
function visit(value: unknown, names: Set<string>): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const node = value as SqlNode;
  const refusal = REFUSED.get(node.class);
  if (refusal !== undefined) return refusal;
  if (node.class === 'COLUMN_REF' && Array.isArray(node.column_names)) {
    for (const name of node.column_names) names.add(String(name));
  }
  for (const child of Object.values(node)) {
    const found = visit(child, names);
    if (found !== undefined) return found;
  }
  return undefined;
}
