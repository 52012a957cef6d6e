import { tmpdir } from 'node:os';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';

/** What the system says of a full disk, of a user's share of it, and of a limit on files; and DuckDB of its temporary folder. */
const NO_DISK =
  /ENOSPC|EDQUOT|EFBIG|No space left on device|Disk quota exceeded|File too large|failed to offload data block/;

/**
 * What fails for want of disk or memory, and not because of the data; undefined for everything else. DuckDB says so in
 * words only; what it cannot move out of memory to the disk is a want of disk.
 */
export function machineFailure(
  file: SourceFile | undefined,
  error: unknown,
): DataError | undefined {
  if (isDiskFull(error))
    return diskFull(file, 'Working through this data takes more disk than is free');
  const text = error instanceof Error ? error.message : String(error);
  const limit = /\/([\d.]+ [KMGT]i?B) used\)/.exec(text)?.[1];
  if (!/^(?:Out of Memory Error|std::bad_alloc)/i.test(text)) return undefined;
  return new DataError({
    code: 'memory-exceeded',
    message: `Working through this data takes more memory than it may${limit === undefined ? '' : `, which is ${limit}`}.`,
    ...place(file),
    fix: 'Split the data into several files, or write it as Parquet with smaller row groups.',
  });
}

export function isDiskFull(error: unknown): boolean {
  return NO_DISK.test(error instanceof Error ? error.message : String(error));
}

/** @param what takes too much: the beginning of a sentence that goes on with where the disk is full */
export function diskFull(file: SourceFile | undefined, what: string): DataError {
  return new DataError({
    code: 'disk-full',
    message: `${what} in the folder for temporary files, ${tmpdir()}.`,
    ...place(file),
    fix: `Free disk space there, or set ${process.platform === 'win32' ? 'TEMP' : 'TMPDIR'} to a folder on a larger disk.`,
  });
}

function place(file: SourceFile | undefined) {
  return file === undefined ? {} : { file: file.shown };
}
