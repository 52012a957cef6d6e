import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** How the bytes of a file are packed. */
export type Compression = 'gzip' | 'zstd';

/** By the name that people know the file by. */
export function compressionOfName(name: string): Compression | undefined {
  if (/\.gz$/i.test(name)) return 'gzip';
  return /\.zst$/i.test(name) ? 'zstd' : undefined;
}

/** By the first bytes (RFC 1952, RFC 8878). */
export function compressionOfBytes(bytes: Buffer): Compression | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : undefined;
}

/** The content of a file as chunks of bytes. @throws for what is packed otherwise, or cut off */
export async function* readUnpacked(
  path: string,
  compression: Compression | undefined,
): AsyncGenerator<Uint8Array> {
  const packed = createReadStream(path, { highWaterMark: 1 << 18 });
  try {
    if (compression === undefined) yield* packed as AsyncIterable<Buffer>;
    else if (compression === 'gzip') yield* pipeline(packed, createGunzip(), () => {});
    else yield* unpackZstd(packed as AsyncIterable<Buffer>);
  } finally {
    packed.destroy();
  }
}

/** In small steps, so that what is unpacked and not yet taken stays small. */
const STEP = 4096;

async function* unpackZstd(packed: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const ready: Uint8Array[] = [];
  const unpacker = new Decompress((chunk) => ready.push(chunk));
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += STEP) {
      unpacker.push(chunk.subarray(at, at + STEP));
      yield* ready.splice(0);
    }
  }
  unpacker.push(new Uint8Array(0), true);
  yield* ready;
}

/** The first bytes of the content, at most `most`: whatever a file unpacks to, no more of it is in memory. */
export async function readUnpackedHead(
  path: string,
  compression: Compression,
  most: number,
): Promise<{ readonly bytes: Buffer; readonly wholeFile: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readUnpacked(path, compression)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, most), wholeFile: length <= most };
}
