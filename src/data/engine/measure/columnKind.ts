import type { ColumnType } from '../../profile/profile';

/** How a column is measured, from DuckDB's name of its type. */
export interface ColumnKind {
  readonly type: ColumnType;
  /** Whether NaN and infinities can occur. */
  readonly floating: boolean;
}

const INTEGER = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$|^DECIMAL\(\d+,0\)$/;

export function kindOf(nativeType: string): ColumnKind {
  return { type: typeOf(nativeType), floating: /^(FLOAT|DOUBLE)$/.test(nativeType) };
}

function typeOf(nativeType: string): ColumnType {
  if (/[[\]]|^(STRUCT|MAP|UNION)/.test(nativeType)) return 'other';
  if (INTEGER.test(nativeType)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(nativeType)) return 'number';
  if (/^(VARCHAR|ENUM|UUID)/.test(nativeType)) return 'string';
  if (nativeType === 'BOOLEAN') return 'boolean';
  if (nativeType === 'DATE') return 'date';
  return nativeType.startsWith('TIMESTAMP') ? 'timestamp' : 'other';
}

export function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'number';
}
