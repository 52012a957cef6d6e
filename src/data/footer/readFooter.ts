import { open, type FileHandle } from 'node:fs/promises';
import type { DataError } from '../engine/dataError';
import type { SourceFile } from '../engine/engineProtocol';
import { inspectFile, problem } from '../engine/inspectFile';
import { formatNumber } from '../../base/format';
import { parseFooter } from './parseFooter';
import type { ParquetFooter } from './parquetFooter';
import { ThriftError } from './thriftCursor';

/** What is read at first: it holds most footers. */
const TAIL_BYTES = 1 << 16;
/** The length of the metadata, and the sign. */
const END_BYTES = 8;
const SIGN = 'PAR1';
/** Of a million column chunks and more; a length that lies is not to take all memory. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Reads the footer of a Parquet file, and nothing else of it. What is no Parquet file has the same problem as when the
 * engine reads it. @throws DataError
 */
export async function readFooter(file: SourceFile): Promise<ParquetFooter> {
  const bytes = await openMetadata(file);
  if (bytes === undefined) {
    await inspectFile(file, 'parquet');
    throw broken(file, 'there is none');
  }
  const footer = parse(file, bytes.metadata);
  if (footer.encrypted) throw encrypted(file);
  if (footer.dataEnd > bytes.start)
    throw broken(file, 'it speaks of data beyond the end of the file');
  if ((footer.schema[0]?.children ?? 0) === 0) throw broken(file, 'it has no columns');
  return footer;
}

async function openMetadata(file: SourceFile): Promise<Metadata | undefined> {
  const handle = await open(file.path, 'r').catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    return await readMetadata(handle, file);
  } finally {
    await handle.close();
  }
}

interface Metadata {
  readonly metadata: Buffer;
  /** Where they begin in the file. */
  readonly start: number;
}

/** Undefined for what is no Parquet file by its first and last bytes. */
async function readMetadata(handle: FileHandle, file: SourceFile): Promise<Metadata | undefined> {
  const stats = await handle.stat();
  const { size } = stats;
  if (!stats.isFile() || size < SIGN.length + END_BYTES) return undefined;
  const head = await readAt(handle, 0, SIGN.length);
  const tail = await readAt(handle, Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES));
  if (head.toString('latin1') !== SIGN || tail.subarray(-4).toString('latin1') !== SIGN)
    return undefined;
  const length = tail.readUInt32LE(tail.length - END_BYTES);
  const start = size - END_BYTES - length;
  if (start < SIGN.length)
    throw broken(
      file,
      `it says that it is ${formatNumber(length)} bytes long, in a file of ${formatNumber(size)}`,
    );
  if (length > MOST_BYTES)
    throw broken(file, `it says that it is ${formatNumber(length)} bytes long, which is not read`);
  const within = tail.length - END_BYTES - length;
  const metadata =
    within >= 0
      ? tail.subarray(within, tail.length - END_BYTES)
      : await readAt(handle, start, length);
  return { metadata, start };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function parse(file: SourceFile, bytes: Buffer): ParquetFooter {
  try {
    return parseFooter(bytes);
  } catch (error) {
    if (error instanceof ThriftError) throw broken(file, `it holds ${error.message}`);
    throw error;
  }
}

function broken(file: SourceFile, why: string): DataError {
  return problem(
    file,
    'parquet-invalid',
    `The footer of this Parquet file is broken: ${why}.`,
    'Write it again.',
  );
}

function encrypted(file: SourceFile): DataError {
  return problem(
    file,
    'parquet-encrypted',
    'This Parquet file is encrypted.',
    'Write it without encryption; no keys are read.',
  );
}
