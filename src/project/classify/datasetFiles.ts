import { matchesGlob } from '../files/globMatch';
import type { Dataset } from '../project';
import { formatOfPath } from './datasetPath';
import { isImagePath } from './imagePath';
import { splitMember } from './memberPath';

/** Which files a dataset's path means: a file, a glob, or a folder with everything of the format that is below it. */

type DatasetPlace = Pick<Dataset, 'path' | 'format'>;

/** Whether a file of the project is one of the dataset. */
export function isFileOfDataset(file: string, { path, format }: DatasetPlace): boolean {
  const { file: own } = splitMember(path);
  if (matchesGlob(file, own)) return true;
  return file.startsWith(`${own}/`) && isPart(file.slice(own.length + 1), format);
}

/** What Spark and others write beside the data begins with `_` or a dot: `_SUCCESS`, `_metadata`, `.crc`. */
function isPart(within: string, format: DatasetPlace['format']): boolean {
  if (within.split('/').some((part) => /^[._]/.test(part))) return false;
  return format === 'images' ? isImagePath(within) : formatOfPath(within) === format;
}

/** The path of one of its files below the folder that the dataset's path begins with: `year=2024/a.parquet`. */
export function pathWithinDataset(file: string, { path }: Pick<Dataset, 'path'>): string {
  const { file: own } = splitMember(path);
  const wildcard = own.search(/[*?[{]/);
  const folder = wildcard === -1 ? `${own}/` : own.slice(0, own.lastIndexOf('/', wildcard) + 1);
  if (file.startsWith(folder)) return file.slice(folder.length);
  return file.slice(file.lastIndexOf('/') + 1);
}
