import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mapConcurrent } from '../../base/mapConcurrent';
import type { Database } from './database';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';
import { readImageHeader } from './imageHeader';
import { loadRows } from './loadTables';
import type { SourceColumn } from './source';
import type { Cell, ReaderColumn } from './tableReader';

const COLUMNS: readonly ReaderColumn[] = [
  { name: 'class', type: 'VARCHAR' },
  { name: 'width', type: 'BIGINT' },
  { name: 'height', type: 'BIGINT' },
  { name: 'bytes', type: 'BIGINT' },
  { name: 'format', type: 'VARCHAR' },
  { name: 'readable', type: 'BOOLEAN' },
  { name: 'hash', type: 'VARCHAR' },
];

/** The headers of JPEG files may lie behind large previews. */
const HEAD = 1 << 20;
const AT_ONCE = 8;
const BATCH = 512;

/**
 * Images in folders, one folder per class, as one row per file. An image is readable where its header tells its size;
 * the pixels are not looked at. Files with the same bytes have the same hash.
 * @throws DataError for a file that is not there
 */
export function loadImages(database: Database): Promise<readonly SourceColumn[]> {
  const { files } = database;
  return loadRows(database, {
    columns: COLUMNS,
    async *batches() {
      for (let start = 0; start < files.length; start += BATCH)
        yield await mapConcurrent(files.slice(start, start + BATCH), AT_ONCE, describeImage);
    },
    close: () => {},
  });
}

async function describeImage(file: SourceFile): Promise<readonly Cell[]> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      if (bytes < HEAD) head.push(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw new DataError({
      code: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'file-missing' : 'file-unreadable',
      message: `The image cannot be read: ${(error as Error).message}.`.replaceAll(
        file.path,
        file.shown,
      ),
      file: file.shown,
    });
  }
  const image = readImageHeader(Buffer.concat(head));
  return [
    classOf(file),
    image === undefined ? null : BigInt(image.width),
    image === undefined ? null : BigInt(image.height),
    BigInt(bytes),
    image?.format ?? null,
    image !== undefined,
    hash.digest('hex'),
  ];
}

/** The first folder below the dataset's own; an image beside the folders has no class. */
function classOf({ within, shown }: SourceFile): string | null {
  const parts = (within ?? shown).split('/');
  return parts.length > 1 ? (parts[0] ?? null) : null;
}
