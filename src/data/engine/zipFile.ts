import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import type { SourceFile } from './engineProtocol';
import { problem } from './inspectFile';

/** A zip archive whose entries are read as streams. */
export interface ZipArchive {
  readonly entries: ReadonlyMap<string, Entry>;
  /** @throws DataError for an entry that unpacks to more bytes than `most` */
  open(entry: Entry, most: number): Promise<Readable>;
  close(): void;
}

/** Entries that an archive may have. */
const MOST_ENTRIES = 10_000;

/** @throws DataError for what is no archive, or is cut off */
export async function openZip(file: SourceFile): Promise<ZipArchive> {
  const { openPromise } = await import('yauzl');
  const entries = new Map<string, Entry>();
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(file.path, { lazyEntries: true, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry);
      if (entries.size > MOST_ENTRIES) throw new Error('too many entries');
    }
  } catch (error) {
    zip?.close();
    throw problem(
      file,
      'zip-invalid',
      `This file is cut off or damaged: ${error instanceof Error ? error.message : String(error)}.`,
      'Write it again.',
    );
  }
  const opened = zip;
  return {
    entries,
    open: (entry, most) => {
      if (entry.uncompressedSize > most) throw tooLarge(file, entry);
      return opened.openReadStreamPromise(entry);
    },
    close: () => opened.close(),
  };
}

/** The archive itself says how much an entry unpacks to, and more than that is never unpacked. */
function tooLarge(file: SourceFile, { fileName, uncompressedSize }: Entry) {
  return problem(
    file,
    'zip-too-large',
    `Its part ${fileName} unpacks to ${Math.round(uncompressedSize / 2 ** 20)} MiB, which is too much.`,
    'Write the data as Parquet.',
  );
}
