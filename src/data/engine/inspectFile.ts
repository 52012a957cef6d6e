import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import type { DatasetFormat } from '../../project/project';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';

const HEAD_BYTES = 1 << 20;

/** The beginning of a file that is what its format says, as far as its first and last bytes can tell. */
export interface FileHead {
  readonly bytes: Buffer;
  readonly wholeFile: boolean;
}

/** @throws DataError for what is not there, cannot be read, is empty, or is plainly something else. */
export async function inspectFile(file: SourceFile, format: DatasetFormat): Promise<FileHead> {
  const handle = await openFile(file);
  try {
    const { size } = await handle.stat();
    if (size === 0) {
      throw problem(file, 'data-empty', 'The file is empty.', 'Write the data again.', 1);
    }
    const bytes = await readAt(handle, 0, Math.min(size, HEAD_BYTES));
    rejectPointer(file, bytes);
    if (format === 'parquet') {
      const tail = await readAt(handle, Math.max(0, size - 4), Math.min(size, 4));
      requireParquet(file, bytes, tail);
    } else {
      requireText(file, bytes);
    }
    return { bytes, wholeFile: size <= HEAD_BYTES };
  } finally {
    await handle.close();
  }
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
  if (startsWith(head, 'PAR1') && startsWith(tail, 'PAR1')) return;
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

/** What the first bytes say of files that are not text, and the text's own mark (BOM). */
const SIGNS: readonly { readonly bytes: string; readonly what: string }[] = [
  { bytes: 'PAR1', what: 'a Parquet file' },
  { bytes: '\x1f\x8b', what: 'compressed with gzip' },
  { bytes: '\x28\xb5\x2f\xfd', what: 'compressed with zstd' },
  { bytes: 'PK\x03\x04', what: 'a zip archive or an Excel workbook' },
  { bytes: 'ARROW1', what: 'an Arrow file' },
];

function requireText(file: SourceFile, bytes: Buffer): void {
  const sign = SIGNS.find((each) => startsWith(bytes, each.bytes));
  if (sign !== undefined) {
    throw problem(
      file,
      'format-mismatch',
      `This is ${sign.what}, not text as its name says.`,
      'Give it the name of its real format.',
    );
  }
  if (startsWith(bytes, '\xff\xfe') || startsWith(bytes, '\xfe\xff'))
    throw notUtf8(file, 1, 'UTF-16');
  const line = firstLineNotUtf8(bytes);
  if (line !== undefined) throw notUtf8(file, line);
  if (bytes.includes(0)) {
    throw problem(file, 'format-mismatch', 'This is binary data, not text as its name says.');
  }
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

/** 1-based. The last line may be cut in the middle of a character and is left to the engine. */
function firstLineNotUtf8(bytes: Buffer): number | undefined {
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(10, start);
    if (end < 0) return undefined;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

function startsWith(bytes: Buffer, sign: string): boolean {
  return bytes.subarray(0, sign.length).toString('latin1') === sign;
}

function problem(
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
