import { statfs } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import type { SourceFile } from './engineProtocol';
import { DataError } from './dataError';

/** Of the free disk that a copy may take. */
const MOST_OF_DISK = 0.8;
let written = 0;

/**
 * Writes into a new file of the engine's own folder, which goes with the database.
 * @returns the file
 * @throws DataError `disk-full` before the disk is: what is packed can become very large
 */
export async function writeScratch(
  folder: string,
  source: SourceFile,
  chunks: AsyncIterable<string | Uint8Array>,
): Promise<string> {
  const path = join(folder, `${written++}.csv`);
  const { bavail, bsize } = await statfs(folder);
  const most = bavail * bsize * MOST_OF_DISK;
  const out = createWriteStream(path);
  const failure = once(out, 'error').then(([error]: unknown[]) => {
    throw error;
  });
  failure.catch(() => {});
  try {
    for await (const chunk of chunks) {
      if (out.bytesWritten > most) throw diskFull(source);
      if (!out.write(chunk)) await Promise.race([once(out, 'drain'), failure]);
    }
    out.end();
    await Promise.race([once(out, 'finish'), failure]);
    return path;
  } catch (error) {
    out.destroy();
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? diskFull(source) : error;
  }
}

function diskFull({ shown }: SourceFile): DataError {
  return new DataError({
    code: 'disk-full',
    message: 'There is not enough disk for a readable copy of this file.',
    file: shown,
    fix: 'Free disk space, or save the file as plain UTF-8 text.',
  });
}
