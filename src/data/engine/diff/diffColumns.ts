import { commonKind } from '../../profile/pairAsk';
import type { ColumnsDiff } from '../../rowDiff/rowDiff';
import { kindOf } from '../measure/columnKind';
import { castTo } from '../pair/canonicalValue';
import type { SourceColumn } from '../source';

/** A column of both versions, with the SQL of its values in each such that the same value is the same in both. */
export interface CommonColumn {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface ComparedColumns {
  /** In the order of the newer version. */
  readonly common: readonly CommonColumn[];
  readonly diff: ColumnsDiff;
}

export function compareColumns(
  from: readonly SourceColumn[],
  to: readonly SourceColumn[],
): ComparedColumns {
  const before = new Map(from.map((column) => [column.name, column]));
  const now = new Set(to.map(({ name }) => name));
  const pairs = to.flatMap((column) => {
    const past = before.get(column.name);
    return past === undefined ? [] : [{ past, column }];
  });
  return {
    common: pairs.map(({ past, column }) => commonColumn(past, column)),
    diff: {
      added: to.filter(({ name }) => !before.has(name)).map(({ name }) => name),
      removed: from.filter(({ name }) => !now.has(name)).map(({ name }) => name),
      retyped: pairs.flatMap(({ past, column }) => {
        const types = { from: typeOf(past), to: typeOf(column) };
        return types.from === types.to ? [] : [{ column: column.name, ...types }];
      }),
    },
  };
}

function commonColumn(past: SourceColumn, column: SourceColumn): CommonColumn {
  const kind = commonKind(typed(past), typed(column));
  return { name: column.name, from: castTo(past.id, kind), to: castTo(column.id, kind) };
}

function typed({ nativeType }: SourceColumn) {
  return { type: kindOf(nativeType).type, nativeType };
}

function typeOf({ nativeType }: SourceColumn): string {
  return kindOf(nativeType).type;
}
