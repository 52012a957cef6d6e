import type { ReferenceAsk } from '../../profile/factsAsk';
import type { ReferenceFacts } from '../../profile/profile';
import type { OpenDatabase } from '../database';
import { DataError } from '../dataError';
import type { DataFiles } from '../engineProtocol';
import { kindOf } from '../measure/columnKind';
import { openSource } from '../openSource';
import { DATA, type SourceColumn } from '../source';

const LISTED_VALUES = 20;

/**
 * For each reference the values that the other dataset's column does not have. Missing values refer to nothing. Values
 * of different kinds are compared as text.
 * @param others the files of the database's other datasets, in their order
 * @throws DataError where the other dataset cannot be read, or has no such column
 */
export async function measureReferences(
  database: OpenDatabase,
  columns: readonly SourceColumn[],
  references: readonly ReferenceAsk[],
  others: readonly DataFiles[],
): Promise<readonly ReferenceFacts[]> {
  const opened = new Map<string, readonly SourceColumn[]>();
  const facts: ReferenceFacts[] = [];
  for (const [place, reference] of references.entries()) {
    const column = columns.find(({ name }) => name === reference.column);
    const index = others.findIndex(({ dataset }) => dataset === reference.dataset);
    const other = others[index];
    const its = database.others[index];
    if (column === undefined || other === undefined || its === undefined) continue;
    const there = opened.get(other.dataset) ?? (await openSource(its, other.format));
    opened.set(other.dataset, there);
    const target = there.find(({ name }) => name === reference.target);
    if (target === undefined) throw noTarget(reference, other);
    // What is to be seen by both connections is not temporary.
    await its.connection.run(
      `CREATE TABLE memory.main.reference${place} AS SELECT DISTINCT ${target.id} AS value FROM ${DATA} WHERE ${target.id} IS NOT NULL`,
    );
    facts.push(
      await measureReference(database, `reference${place}`, { column, target, reference }),
    );
  }
  return facts;
}

interface Pairing {
  readonly column: SourceColumn;
  readonly target: SourceColumn;
  readonly reference: ReferenceAsk;
}

async function measureReference(
  { connection }: OpenDatabase,
  table: string,
  { column, target, reference }: Pairing,
): Promise<ReferenceFacts> {
  const { id } = column;
  const isSame = areComparable(column, target);
  const own = isSame ? id : `${id}::VARCHAR`;
  const its = isSame ? 'value' : 'value::VARCHAR';
  const reader = await connection.runAndReadAll(`
    SELECT ${id}::VARCHAR AS text, count(*)::DOUBLE AS n, (sum(count(*)) OVER ())::DOUBLE
    FROM ${DATA} WHERE ${id} IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM memory.main.${table} WHERE ${its} = ${own})
    GROUP BY text ORDER BY n DESC, text LIMIT ${LISTED_VALUES}`);
  const rows = reader.getRowsJS() as [string, number, number][];
  return {
    column: column.name,
    dataset: reference.dataset,
    missing: rows[0]?.[2] ?? 0,
    samples: rows.map(([value, count]) => ({ value, count })),
  };
}

const LINES: readonly (readonly string[])[] = [
  ['integer', 'number'],
  ['date', 'timestamp'],
];

function areComparable(a: SourceColumn, b: SourceColumn): boolean {
  if (a.nativeType === b.nativeType) return true;
  const types = [kindOf(a.nativeType).type, kindOf(b.nativeType).type];
  return LINES.some((line) => types.every((type) => line.includes(type)));
}

function noTarget({ column, dataset, target }: ReferenceAsk, { files }: DataFiles): DataError {
  const [file] = files;
  return new DataError({
    code: 'reference-unknown',
    message: `"${column}" refers to "${target}" of "${dataset}", which has no such column.`,
    ...(file === undefined ? {} : { file: file.shown }),
    fix: 'Correct `references` in the schema.',
  });
}
