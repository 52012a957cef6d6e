import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnShape, ColumnType, ProfileShape } from '../../profile/profile';
import type { Misfits } from '../../profile/measures';
import { testOfType } from '../csvTypes';
import { DATA, type SourceColumn } from '../source';
import { isNumeric, kindOf } from './columnKind';
import { findMisfits } from './misfits';

/** One column of the relation that is measured. */
export interface MeasuredColumn {
  /** `c0`: the only name that SQL sees. */
  readonly id: string;
  readonly name: string;
  readonly nativeType: string;
  /** The type of its values. */
  readonly type: ColumnType;
  /** What it is measured as: the type that was asked for, where most values are of it. */
  readonly as: ColumnType;
  /** Whether NaN and infinities can occur. */
  readonly floating: boolean;
  readonly misfits?: Misfits;
}

/** The relation of measured columns; where nothing is converted, that of the data itself. */
export interface MeasuredData {
  readonly relation: string;
  readonly columns: readonly MeasuredColumn[];
}

const MEASURED = 'measured';

/**
 * The columns with what was asked for of each. Texts of which most are numbers or dates as asked are measured as such,
 * without those that are not: one wrong value must not hide how the others are distributed.
 */
export async function openMeasured(
  connection: DuckDBConnection,
  sources: readonly SourceColumn[],
  shape: ProfileShape | undefined,
  rows: number,
): Promise<MeasuredData> {
  const columns: MeasuredColumn[] = [];
  const expressions: string[] = [];
  for (const source of sources) {
    const described = describe(source);
    const misfits = await findMisfits(connection, described, shape?.get(source.name));
    const column = misfits === undefined ? described : { ...described, misfits };
    const conversion = conversionOf(column, shape?.get(source.name), rows);
    columns.push(conversion === undefined ? column : { ...column, ...conversion.measured });
    expressions.push(conversion?.expression ?? source.id);
  }
  if (expressions.every((expression, index) => expression === sources[index]?.id))
    return { relation: DATA, columns };
  const select = expressions.map((each, index) => `${each} AS ${sources[index]?.id ?? ''}`);
  await connection.run(`CREATE TEMP VIEW ${MEASURED} AS SELECT ${select.join(', ')} FROM ${DATA}`);
  return { relation: MEASURED, columns };
}

function describe({ id, name, nativeType }: SourceColumn): MeasuredColumn {
  const { type, floating } = kindOf(nativeType);
  return { id, name, nativeType, type, as: type, floating };
}

interface Conversion {
  readonly expression: string;
  readonly measured: Pick<MeasuredColumn, 'as' | 'floating'>;
}

function conversionOf(
  { id, type, misfits }: MeasuredColumn,
  shape: ColumnShape | undefined,
  rows: number,
): Conversion | undefined {
  const asked = shape?.type;
  if (type !== 'string' || asked === undefined || (misfits?.count ?? 0) > rows / 2)
    return undefined;
  const text = `${id}::VARCHAR`;
  if (isNumeric(asked)) {
    const expression = `CASE WHEN ${testOfType('number', text)} THEN TRY_CAST(${text} AS DOUBLE) END`;
    return { expression, measured: { as: 'number', floating: true } };
  }
  if (asked !== 'date' && asked !== 'timestamp') return undefined;
  const native = asked === 'date' ? 'DATE' : 'TIMESTAMP';
  const expression = `CASE WHEN ${testOfType(asked, text)} THEN TRY_CAST(${text} AS ${native}) END`;
  return { expression, measured: { as: asked, floating: false } };
}
