import type { DatasetFormat } from '../../../project/project';
import type { Database } from '../database';
import type { SourceFile } from '../engineProtocol';
import { selectNumbers } from '../measure/selectNumbers';
import { DATA } from '../source';
import { linesOfRecords } from './recordLines';

export interface RowPlace {
  readonly file?: string;
  readonly line?: number;
}

const WITH_LINES: ReadonlySet<DatasetFormat> = new Set([
  'csv',
  'tsv',
  'jsonl',
] satisfies DatasetFormat[]);

/**
 * The line in which each row begins, and of several files which one it is in. Lines are counted by reading the files
 * once more; where that comes to another number of rows than there are, no line is told rather than a wrong one.
 * @param places of the rows, ascending
 */
export async function findLines(
  { connection, files }: Database,
  format: DatasetFormat,
  places: readonly number[],
): Promise<ReadonlyMap<number, RowPlace>> {
  if (places.length === 0 || !WITH_LINES.has(format)) return new Map();
  const found = new Map<number, RowPlace>();
  let first = 0;
  for (const file of files) {
    first += await addLines(file, format, places, first, files.length > 1, found);
  }
  const [rows] = await selectNumbers(connection, DATA, ['count(*)']);
  return rows === first ? found : new Map();
}

/** @returns the number of the file's rows */
async function addLines(
  file: SourceFile,
  format: DatasetFormat,
  places: readonly number[],
  first: number,
  isOneOfMany: boolean,
  found: Map<number, RowPlace>,
): Promise<number> {
  let next = places.findIndex((place) => place >= first);
  let count = 0;
  for await (const line of linesOfRecords(file, format)) {
    const place = places[next];
    if (next >= 0 && place === first + count) {
      found.set(place, { ...(isOneOfMany ? { file: file.shown } : {}), line });
      next++;
    }
    count++;
  }
  return count;
}
