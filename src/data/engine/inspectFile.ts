import { open, type FileHandle } from 'node:fs/promises';
import type { DatasetFormat } from '../../project/project';
import {
  compressionOfBytes,
  compressionOfName,
  readUnpackedHead,
  type Compression,
} from './compression';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';
import { describeBinary } from './fileSigns';
import { detectEncoding, type TextEncodingName } from './textEncoding';

const HEAD_BYTES = 1 << 20;

/** The beginning of a file that is what its format says, as far as its first and last bytes can tell. */
export interface FileHead {
  /** Unpacked, where the file is compressed. */
  readonly bytes: Buffer;
  readonly wholeFile: boolean;
  readonly compression?: Compression;
  /** Of text. */
  readonly encoding?: TextEncodingName;
}

/** @throws DataError for what is not there, cannot be read, is empty, or is plainly something else. */
export async function inspectFile(file: SourceFile, format: DatasetFormat): Promise<FileHead> {
  const { bytes, tail, size } = await readEnds(file);
  if (format === 'parquet') {
    requireParquet(file, bytes, tail);
    return { bytes, wholeFile: size <= HEAD_BYTES };
  }
  const compression = requireCompression(file, bytes);
  const head =
    compression === undefined
      ? { bytes, wholeFile: size <= HEAD_BYTES }
      : { ...(await unpackHead(file, compression)), compression };
  return { ...head, encoding: requireText(file, head.bytes, format) };
}

/** The first bytes and the last four. @throws DataError for what is not there, is empty, or is a pointer */
export async function readEnds(
  file: SourceFile,
): Promise<{ readonly bytes: Buffer; readonly tail: Buffer; readonly size: number }> {
  const handle = await openFile(file);
  try {
    const { size } = await handle.stat();
    if (size === 0) {
      throw problem(file, 'data-empty', 'The file is empty.', 'Write the data again.', 1);
    }
    const bytes = await readAt(handle, 0, Math.min(size, HEAD_BYTES));
    rejectPointer(file, bytes);
    return { bytes, tail: await readAt(handle, Math.max(0, size - 8), Math.min(size, 8)), size };
  } finally {
    await handle.close();
  }
}

/** What the name says the file is packed with, and the bytes too. */
function requireCompression(file: SourceFile, bytes: Buffer): Compression | undefined {
  const named = compressionOfName(file.shown);
  if (named === undefined || compressionOfBytes(bytes) === named) return named;
  throw problem(
    file,
    'format-mismatch',
    `This is not compressed with ${named}, whatever its name says.`,
    'Give it the name of its real format.',
  );
}

async function unpackHead(file: SourceFile, compression: Compression) {
  try {
    const head = await readUnpackedHead(file.path, compression, HEAD_BYTES);
    if (head.bytes.length > 0) return head;
  } catch (error) {
    throw notUnpacked(file, compression, error);
  }
  throw problem(file, 'data-empty', 'There is nothing in this compressed file.', undefined, 1);
}

export function notUnpacked(file: SourceFile, compression: Compression, error: unknown): DataError {
  const why = error instanceof Error ? error.message : String(error);
  return problem(
    file,
    'compressed-invalid',
    `This file cannot be unpacked with ${compression}: ${why}.`,
    'It is cut off or damaged: write it again.',
  );
}

async function openFile(file: SourceFile): Promise<FileHandle> {
  try {
    const handle = await open(file.path, 'r');
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    }
    return handle;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw problem(
        file,
        'file-missing',
        'The file is not there.',
        'Run the stage that writes it.',
      );
    }
    if (code === 'EISDIR') {
      throw problem(
        file,
        'file-is-folder',
        'This is a folder, not a data file.',
        'Give a file, or a pattern such as "folder/*.csv".',
      );
    }
    throw problem(file, 'file-unreadable', `The file cannot be read: ${message}.`);
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function rejectPointer(file: SourceFile, bytes: Buffer): void {
  if (
    !bytes.subarray(0, 42).toString('latin1').startsWith('version https://git-lfs.github.com/spec')
  )
    return;
  throw problem(
    file,
    'data-pointer',
    'This is a Git LFS pointer; the data itself is not here.',
    'Run "git lfs pull".',
    1,
  );
}

function requireParquet(file: SourceFile, head: Buffer, tail: Buffer): void {
  const end = tail.subarray(-4).toString('latin1');
  if (end === 'PARE' && /^PAR[1E]/.test(head.subarray(0, 4).toString('latin1'))) {
    throw problem(
      file,
      'parquet-encrypted',
      'This Parquet file is encrypted.',
      'Write it without encryption; no keys are read.',
    );
  }
  if (startsWith(head, 'PAR1') && end === 'PAR1') return;
  const truncated = startsWith(head, 'PAR1');
  throw problem(
    file,
    'parquet-invalid',
    truncated
      ? 'This Parquet file is cut off: its footer is missing.'
      : 'This is not a Parquet file, whatever its name says.',
    truncated ? 'Write it again.' : 'Give it the name of its real format.',
  );
}

/** @returns the encoding, which only CSV and TSV files may choose */
function requireText(file: SourceFile, bytes: Buffer, format: DatasetFormat): TextEncodingName {
  const what = describeBinary(bytes);
  if (what !== undefined) {
    throw problem(
      file,
      'format-mismatch',
      `This is ${what}, not text as its name says.`,
      'Give it the name of its real format.',
    );
  }
  const detected = detectEncoding(bytes);
  if ('misfitLine' in detected) throw notUtf8(file, detected.misfitLine);
  const { encoding } = detected;
  if (encoding === 'utf-8' && bytes.includes(0)) {
    throw problem(file, 'format-mismatch', 'This is binary data, not text as its name says.');
  }
  const isFree = format === 'csv' || format === 'tsv';
  if (isFree || encoding === 'utf-8') return encoding;
  const name = encoding.toUpperCase();
  throw encoding === 'windows-1252'
    ? notUtf8(file, firstLineNotAscii(bytes))
    : notUtf8(file, 1, name.slice(0, 6));
}

/** 1-based. */
function firstLineNotAscii(bytes: Buffer): number {
  const misfit = bytes.findIndex((byte) => byte > 0x7f);
  return bytes.subarray(0, misfit).filter((byte) => byte === 10).length + 1;
}

export function notUtf8(file: SourceFile, line: number | undefined, encoding?: string): DataError {
  return problem(
    file,
    'not-utf8',
    encoding === undefined
      ? 'The text is not UTF-8 from here on.'
      : `The text is ${encoding}, not UTF-8.`,
    'Save it as UTF-8.',
    line,
  );
}

/** @throws DataError where a file does not begin as its format does, with what it is */
export function requireSign(file: SourceFile, bytes: Buffer, sign: string, what: string): void {
  if (startsWith(bytes, sign)) return;
  const real = describeBinary(bytes);
  throw problem(
    file,
    'format-mismatch',
    `This is ${real ?? 'something else'}, not ${what} as its name says.`,
    'Give it the name of its real format.',
  );
}

function startsWith(bytes: Buffer, sign: string): boolean {
  return bytes.subarray(0, sign.length).toString('latin1') === sign;
}

export function problem(
  file: SourceFile,
  code: string,
  message: string,
  fix?: string,
  line?: number,
): DataError {
  return new DataError({
    code,
    message,
    file: file.shown,
    ...(line === undefined ? {} : { line }),
    ...(fix === undefined ? {} : { fix }),
  });
}
