import { statfs } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import type { SourceFile } from './engineProtocol';
import { diskFull, isDiskFull } from './machineFailure';

/** Of the free disk that a copy may take. */
const MOST_OF_DISK = 0.8;
const COPY = 'A readable copy of this file takes more disk than is free';
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
      if (out.bytesWritten > most) throw diskFull(source, COPY);
      if (!out.write(chunk)) await Promise.race([once(out, 'drain'), failure]);
    }
    out.end();
    await Promise.race([once(out, 'finish'), failure]);
    return path;
  } catch (error) {
    out.destroy();
    throw isDiskFull(error) ? diskFull(source, COPY) : error;
  }
}
