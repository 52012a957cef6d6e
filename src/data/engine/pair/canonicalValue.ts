import type { PairColumn, PairKind } from '../../profile/pairAsk';
import type { SourceColumn } from '../source';

/**
 * SQL of a column's values such that the same value of two sources is the same, whatever their formats made of it; null
 * where the source has no such column.
 */
export function canonicalValue(
  sources: readonly SourceColumn[],
  column: PairColumn | undefined,
): string {
  const source = sources.find(({ name }) => name === column?.name);
  if (source === undefined || column === undefined) return 'NULL';
  return castTo(source.id, column.kind);
}

/** SQL of a value as one of the kind; null where it is none. */
export function castTo(id: string, kind: PairKind): string {
  switch (kind) {
    case 'boolean':
      return `${id}::BOOLEAN`;
    case 'integer':
      return `TRY_CAST(${id} AS HUGEINT)`;
    case 'number':
      // Plus zero, for there are two of it.
      return `(TRY_CAST(${id} AS DOUBLE) + 0)`;
    case 'single':
      return `(TRY_CAST(${id} AS FLOAT) + 0)`;
    case 'time':
      return `TRY_CAST(${id} AS TIMESTAMP)`;
    case 'text':
      return `${id}::VARCHAR`;
  }
}
