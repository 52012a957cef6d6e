import { open, type FileHandle } from 'node:fs/promises';
import type { SourceFile } from './engineProtocol';
import { problem, readEnds, requireSign } from './inspectFile';
import { parseNpyHeader, type NpyHeader } from './npyHeader';
import { npyType, type NpyType } from './npyType';
import { writeScratch } from './scratch';
import type { Cell, ReaderColumn, TableReader } from './tableReader';
import { openZip } from './zipFile';

/** Wider arrays are embeddings or images: they are no table. */
const MOST_COLUMNS = 2000;
/** Bytes that an array of an archive may unpack to. */
const MOST_BYTES = 64 * 2 ** 30;
const HEAD = 1 << 20;

/**
 * A .npy file, or one array of a .npz archive: of one or two dimensions as columns `0`, `1`, … or by the names of its
 * fields; any other by its shape and type only. Pickled objects are never read.
 * @throws DataError
 */
export async function openNumpy(file: SourceFile, scratch: string): Promise<TableReader> {
  const { bytes } = await readEnds(file);
  const isArchive = bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
  if (isArchive) return openArray(file, await unpackArray(file, scratch));
  requireSign(file, bytes, '\x93NUMPY', 'a NumPy array');
  return openArray(file, file.path);
}

/** @returns a copy of the array that is meant, or of the only one */
async function unpackArray(file: SourceFile, scratch: string): Promise<string> {
  const zip = await openZip(file);
  try {
    const names = [...zip.entries.keys()].filter((name) => name.endsWith('.npy'));
    const arrays = names.map((name) => name.slice(0, -'.npy'.length));
    const { member = arrays.length === 1 ? arrays[0] : undefined } = file;
    const entry = member === undefined ? undefined : zip.entries.get(`${member}.npy`);
    if (entry !== undefined) {
      return await writeScratch(scratch, file, await zip.open(entry, MOST_BYTES));
    }
    const listed = arrays
      .slice(0, 20)
      .map((name) => `"${name}"`)
      .join(', ');
    throw problem(
      file,
      arrays.length === 0 ? 'format-mismatch' : 'table-unknown',
      arrays.length === 0
        ? 'This is a zip archive with no NumPy array in it.'
        : member === undefined
          ? `This archive has several arrays: ${listed}.`
          : `This archive has no array "${member}", but ${listed}.`,
      arrays.length === 0
        ? undefined
        : `Name the array in preflight.yaml: "${file.shown}::${arrays[0]}".`,
    );
  } finally {
    zip.close();
  }
}

async function openArray(file: SourceFile, path: string): Promise<TableReader> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, HEAD)), 0, null, 0);
    const header = parseNpyHeader(buffer.subarray(0, bytesRead));
    if (header === undefined) throw damaged(file, 'its header cannot be read');
    const fields = fieldsOf(file, header);
    const rowSize = fields.reduce((sum, field) => sum + field.size, 0);
    const values = header.shape.reduce((product, length) => product * length, 1);
    const itemSize = typeof header.descr === 'string' ? (fields[0]?.size ?? 0) : rowSize;
    if (header.start + values * itemSize > size) throw damaged(file, 'it is cut off');
    return chooseReader(file, handle, header, fields);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

interface Field extends NpyType {
  readonly name: string;
}

function fieldsOf(file: SourceFile, { descr }: NpyHeader): readonly Field[] {
  const fields = typeof descr === 'string' ? [{ name: '0', descr, shape: undefined }] : descr;
  return fields.map(({ name, descr: own, shape }) => {
    const type = own === undefined ? undefined : npyType(own);
    if (type === undefined) {
      const isObject = own !== undefined && /O/.test(own);
      throw problem(
        file,
        isObject ? 'npy-pickled' : 'npy-unsupported',
        isObject
          ? 'This array holds pickled Python objects, which are never read: reading them can run code.'
          : 'This array has fields within fields.',
        'Save it with a type of numbers, texts or times.',
      );
    }
    const count = (shape ?? []).reduce((product, length) => product * length, 1);
    if (shape === undefined) return { name, ...type };
    return { name, size: type.size * count, type: 'VARCHAR' };
  });
}

function chooseReader(
  file: SourceFile,
  handle: FileHandle,
  header: NpyHeader,
  fields: readonly Field[],
): TableReader {
  const { shape, descr } = header;
  const [rows = 1, columns = 1] = shape;
  const isTable =
    (shape.length === 1 || (shape.length === 2 && typeof descr === 'string')) &&
    columns <= MOST_COLUMNS &&
    (typeof descr !== 'string' || fields[0]?.read !== undefined);
  if (!isTable) return new ShapeOnly(handle, header);
  if (rows === 0 || columns === 0) throw problem(file, 'data-empty', 'There are no rows.');
  if (typeof descr !== 'string') return new ArrayRows(handle, header, fields);
  const [field] = fields;
  const all = Array.from({ length: columns }, (_, index) => ({
    ...(field ?? { size: 1, type: 'VARCHAR' as const }),
    name: String(index),
  }));
  return new ArrayRows(handle, header, all);
}

class ShapeOnly implements TableReader {
  readonly columns: readonly ReaderColumn[] = [
    { name: 'shape', type: 'VARCHAR' },
    { name: 'type', type: 'VARCHAR' },
  ];

  constructor(
    private readonly handle: FileHandle,
    private readonly header: NpyHeader,
  ) {}

  async *batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
    const { shape, descr } = this.header;
    yield await Promise.resolve([
      [`(${shape.join(', ')})`, typeof descr === 'string' ? descr : 'fields'],
    ]);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Bytes that are read at once. */
const BLOCK = 1 << 22;

class ArrayRows implements TableReader {
  readonly columns: readonly ReaderColumn[];
  private readonly rowSize: number;

  constructor(
    private readonly handle: FileHandle,
    private readonly header: NpyHeader,
    private readonly fields: readonly Field[],
  ) {
    this.columns = fields.map(({ name, type, read }) =>
      read === undefined ? { name, type, nativeType: 'OTHER' } : { name, type },
    );
    this.rowSize = fields.reduce((sum, { size }) => sum + size, 0);
  }

  async *batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
    const [rows = 0] = this.header.shape;
    const step = Math.max(1, Math.floor(BLOCK / Math.max(1, this.rowSize)));
    for (let start = 0; start < rows; start += step) {
      const count = Math.min(step, rows - start);
      yield this.header.fortranOrder && this.header.shape.length === 2
        ? await this.readColumns(start, count, rows)
        : await this.readRows(start, count);
    }
  }

  private async readRows(start: number, count: number): Promise<Cell[][]> {
    const bytes = await this.readBytes(start * this.rowSize, count * this.rowSize);
    return Array.from({ length: count }, (_, row) => {
      let at = row * this.rowSize;
      return this.fields.map(({ size, read }) => {
        const value = read?.(bytes, at) ?? (read === undefined ? '' : null);
        at += size;
        return value;
      });
    });
  }

  /** Fortran's order: one column lies after the other. */
  private async readColumns(start: number, count: number, rows: number): Promise<Cell[][]> {
    const read: Cell[][] = Array.from({ length: count }, () => []);
    for (const [index, field] of this.fields.entries()) {
      const bytes = await this.readBytes((index * rows + start) * field.size, count * field.size);
      for (let row = 0; row < count; row++)
        read[row]?.push(field.read?.(bytes, row * field.size) ?? null);
    }
    return read;
  }

  private async readBytes(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.handle.read(bytes, 0, length, this.header.start + position);
    if (bytesRead < length) throw new Error('the file became shorter while it was read');
    return bytes;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

function damaged(file: SourceFile, why: string) {
  return problem(file, 'npy-invalid', `This NumPy array is damaged: ${why}.`, 'Write it again.');
}
