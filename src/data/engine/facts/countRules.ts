import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../../../base/escape';
import { failed, ok, type Result } from '../../../base/result';
import type { RuleFacts } from '../../profile/profile';
import { DATA, type SourceColumn } from '../source';
import { parseRule } from './parseRule';

/** A rule that can be applied, with the columns that it names. */
export interface Rule {
  readonly sql: string;
  /** What is counted for it. */
  readonly test: string;
  readonly columns: readonly SourceColumn[];
}

/**
 * For each rule the rows for which it is false. Rules are the user's own SQL: they see the columns that they name, under
 * those names, and nothing else. A rule that cannot be applied says why, and does not keep the others from it.
 */
export async function countRules(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  sqls: readonly string[],
): Promise<readonly RuleFacts[]> {
  const rules: Result<Rule, string>[] = [];
  for (const sql of sqls) rules.push(await readRule(connection, columns, sql));
  const valid = rules.flatMap((rule) => (rule.ok ? [rule.value] : []));
  const counted = await count(connection, valid);
  const facts: RuleFacts[] = [];
  for (const [index, sql] of sqls.entries()) {
    const rule = rules[index];
    if (rule === undefined) continue;
    const known = counted.ok ? counted.value.find((each) => each.sql === sql) : undefined;
    facts.push(known ?? (await countOne(connection, sql, rule)));
  }
  return facts;
}

/** Fails with the reason, for people. */
export async function readRule(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  sql: string,
): Promise<Result<Rule, string>> {
  const names = await parseRule(connection, sql);
  if (!names.ok) return names;
  const rule = {
    sql,
    test: sql,
    columns: [...names.value].flatMap((name) => findColumns(columns, name)),
  };
  const ambiguous = findAmbiguous(rule);
  if (ambiguous !== undefined) return failed(`several columns are called ${ambiguous}`);
  try {
    const reader = await connection.runAndReadAll(
      `DESCRIBE SELECT (${sql}\n) AS ok FROM ${relationOf([rule])}`,
    );
    const [[, type]] = reader.getRowsJS() as [[name: string, type: string]];
    return type === 'BOOLEAN' ? ok(rule) : failed(`it is no condition: it gives ${type}`);
  } catch (error) {
    const problem = explain(error);
    // A column without values has no type of its own: whatever it is compared with, nothing is known.
    if (await isAnyEmpty(connection, rule.columns)) return ok({ sql, test: UNKNOWN, columns: [] });
    return failed(problem);
  }
}

const UNKNOWN = 'NULL::BOOLEAN';

async function isAnyEmpty(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
): Promise<boolean> {
  if (columns.length === 0) return false;
  const counts = columns.map(({ id }) => `count(${id}) = 0`);
  const reader = await connection.runAndReadAll(`SELECT ${counts.join(' OR ')} FROM ${DATA}`);
  return reader.getRowsJS()[0]?.[0] === true;
}

/** By the same name; SQL does not tell capital letters from small ones, but the data may. */
function findColumns(columns: readonly SourceColumn[], name: string): readonly SourceColumn[] {
  const same = columns.filter((column) => column.name === name);
  return same.length > 0
    ? same
    : columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
}

function findAmbiguous({ columns }: Rule): string | undefined {
  const names = [...new Set(columns)].map(({ name }) => name.toLowerCase());
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  return twice === undefined ? undefined : `"${twice}"`;
}

/** The columns that rules name, under their own names. */
export function relationOf(rules: readonly Rule[], relation = DATA, more = ''): string {
  const columns = [...new Set(rules.flatMap((rule) => rule.columns))];
  // The ids of the relation are nobody's names.
  if (columns.length === 0) return `(SELECT NULL AS "no column"${more} FROM ${relation})`;
  const select = columns.map(({ id, name }) => `${id} AS ${quoteIdentifier(name)}`);
  return `(SELECT ${select.join(', ')}${more} FROM ${relation})`;
}

/** All in one pass. */
async function count(
  connection: DuckDBConnection,
  rules: readonly Rule[],
): Promise<Result<readonly RuleFacts[], string>> {
  if (rules.length === 0) return ok([]);
  // Columns whose names differ in case only cannot stand side by side: their rules are counted one by one.
  const ambiguous = findAmbiguous({
    sql: '',
    test: '',
    columns: rules.flatMap(({ columns }) => columns),
  });
  if (ambiguous !== undefined) return failed(ambiguous);
  const select = rules.map(({ test }) => `(count(*) FILTER (WHERE NOT (${test}\n)))::DOUBLE`);
  try {
    const reader = await connection.runAndReadAll(
      `SELECT count(*)::DOUBLE, ${select.join(', ')} FROM ${relationOf(rules)}`,
    );
    const [[rows = 0, ...broken] = []] = reader.getRowsJS() as number[][];
    return ok(rules.map(({ sql }, index) => ({ sql, rows, failed: broken[index] ?? 0 })));
  } catch (error) {
    return failed(explain(error));
  }
}

async function countOne(
  connection: DuckDBConnection,
  sql: string,
  rule: Result<Rule, string>,
): Promise<RuleFacts> {
  const counted = rule.ok ? await count(connection, [rule.value]) : rule;
  if (!counted.ok) return { sql, rows: 0, failed: 0, problem: counted.problem };
  return counted.value[0] ?? { sql, rows: 0, failed: 0 };
}

/** What DuckDB says, without its advice. @throws what stops the whole request */
function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/^INTERRUPT|out of memory/i.test(text)) throw error;
  const missing = /Referenced column (".*") (?:was )?not found/.exec(text)?.[1];
  if (missing !== undefined) return `there is no column ${missing}`;
  const [first = ''] = text.replace(/^[A-Z][A-Za-z ]* Error: /, '').split('\n');
  return first.slice(0, 200).replace(/[.!]$/, '');
}
