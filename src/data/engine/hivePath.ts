import type { SourceFile } from './engineProtocol';
import { folderOf } from '../../project/files/paths';

/** What Hive writes into a path for a missing value. */
const NULL = '__HIVE_DEFAULT_PARTITION__';

/** The columns that the folders below the dataset's own say: `year=2024/month=1/a.parquet`; null is a missing value. */
export function partitionsOf({ within = '' }: SourceFile): ReadonlyMap<string, string | null> {
  const parts = folderOf(within).split('/');
  return new Map(
    parts.flatMap((part): [string, string | null][] => {
      const equals = part.indexOf('=');
      if (equals < 1) return [];
      const value = decode(part.slice(equals + 1));
      return [[decode(part.slice(0, equals)), value === NULL ? null : value]];
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
