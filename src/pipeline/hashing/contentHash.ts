import { createHash, type Hash } from 'node:crypto';
import { readFileSync, statSync, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { breathe } from './breathe';
import { stampOf, type HashAlgorithm, type HashCache } from './hashCache';

const CHUNK_BYTES = 2 ** 20;
/** Up to here one synchronous read is faster than handing it to a thread. */
const SMALL_BYTES = 2 ** 17;

/**
 * The digest of a file's content, in hexadecimal; null where there is no such file. Symbolic links are followed.
 * `md5-dos2unix` is the hash of DVC before 3.0: of text, with CRLF as LF.
 * @throws the file system's error for what is there but cannot be read
 */
export async function hashFile(
  path: string,
  algorithm: HashAlgorithm,
  cache: HashCache,
): Promise<string | null> {
  await breathe();
  const stats = statFile(path);
  if (stats?.isFile() !== true) return null;
  const known = cache.get(path, stats, algorithm);
  if (known !== undefined) return known;
  const digest =
    stats.size <= SMALL_BYTES
      ? startHash(algorithm)
          .update(contentOf(readFileSync(path), algorithm))
          .digest('hex')
      : await hashLargeFile(path, algorithm);
  // What was hashed may be neither the old content nor the new one when it changed meanwhile.
  const after = statFile(path);
  if (after !== undefined && stampOf(after) === stampOf(stats)) {
    cache.set(path, stats, algorithm, digest);
  }
  return digest;
}

/** Undefined where there is nothing, or a link to nothing or round and round. */
export function statFile(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw error;
  }
}

/** In whole chunks, because DVC decides chunk by chunk what is text. */
async function hashLargeFile(path: string, algorithm: HashAlgorithm): Promise<string> {
  const hash = startHash(algorithm);
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const filled = await fillBuffer(file, buffer);
      if (filled === 0) return hash.digest('hex');
      hash.update(contentOf(buffer.subarray(0, filled), algorithm));
    }
  } finally {
    await file.close();
  }
}

/** The number of bytes read: less than the buffer holds only at the end of the file. */
async function fillBuffer(file: FileHandle, buffer: Buffer): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

function startHash(algorithm: HashAlgorithm): Hash {
  return createHash(algorithm === 'sha256' ? 'sha256' : 'md5');
}

function contentOf(block: Buffer, algorithm: HashAlgorithm): Buffer {
  return algorithm === 'md5-dos2unix' && isText(block) ? unixLines(block) : block;
}

/** DVC's rule (dvc_data/hashfile/istextfile.py): no NUL and at most 30 % unusual bytes in the first 512. */
function isText(block: Buffer): boolean {
  const head = block.subarray(0, 512);
  if (head.includes(0)) return false;
  const unusual = head.filter((byte) => !isTextByte(byte)).length;
  return head.length === 0 || unusual / head.length <= 0.3;
}

function isTextByte(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || [0x08, 0x09, 0x0a, 0x0c, 0x0d].includes(byte);
}

function unixLines(block: Buffer): Buffer {
  return Buffer.from(block.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
