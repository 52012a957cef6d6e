import { open } from 'node:fs/promises';
import type { DataType, RecordBatch, RecordBatchReader } from 'apache-arrow';
import { arrowColumn, type ArrowColumn } from './arrowColumn';
import type { SourceFile } from './engineProtocol';
import { problem, readEnds } from './inspectFile';
import { describeBinary } from './fileSigns';
import type { Cell, ReaderColumn, TableReader } from './tableReader';

const BATCH = 2048;

/** An Arrow file, an Arrow stream, or Feather of version 2, which is an Arrow file. @throws DataError */
export async function openArrow(file: SourceFile): Promise<TableReader> {
  const { bytes, tail } = await readEnds(file);
  requireArrow(file, bytes, tail);
  const library = await import('./arrowLibrary');
  const handle = await open(file.path);
  try {
    const reader = await library.RecordBatchReader.from(handle);
    await reader.open();
    const columns = reader.schema.fields.map((field) => arrowColumn(field, library.Type));
    return new ArrowTable(file, reader, columns, () => handle.close());
  } catch (error) {
    await handle.close().catch(() => {});
    throw damaged(file, error);
  }
}

function requireArrow(file: SourceFile, bytes: Buffer, tail: Buffer): void {
  const start = bytes.subarray(0, 6).toString('latin1');
  if (start.startsWith('FEA1')) {
    throw problem(
      file,
      'feather-old',
      'This is a Feather file of version 1.',
      'Write it as version 2, which is what pandas and pyarrow do now.',
    );
  }
  if (start === 'ARROW1') {
    if (tail.subarray(-6).toString('latin1') === 'ARROW1') return;
    throw problem(
      file,
      'arrow-invalid',
      'This Arrow file is cut off: its footer is missing.',
      'Write it again.',
    );
  }
  // A stream begins with the length of its schema.
  if (bytes.length > 8 && bytes.readUInt32LE(0) === 0xffff_ffff) return;
  throw problem(
    file,
    'format-mismatch',
    `This is ${describeBinary(bytes) ?? 'something else'}, not an Arrow file as its name says.`,
    'Give it the name of its real format.',
  );
}

class ArrowTable implements TableReader {
  readonly columns: readonly ReaderColumn[];

  constructor(
    private readonly file: SourceFile,
    private readonly reader: RecordBatchReader,
    private readonly own: readonly ArrowColumn[],
    readonly close: () => Promise<void>,
  ) {
    this.columns = own.map(({ column }) => column);
  }

  async *batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
    const batches = this.reader as AsyncIterable<RecordBatch>;
    try {
      for await (const batch of batches) yield* this.rowsOf(batch);
    } catch (error) {
      throw damaged(this.file, error);
    }
  }

  private *rowsOf(batch: RecordBatch): Generator<readonly (readonly Cell[])[]> {
    const vectors = this.own.map((_, index) => batch.getChildAt<DataType>(index));
    for (let start = 0; start < batch.numRows; start += BATCH) {
      const end = Math.min(start + BATCH, batch.numRows);
      const rows: Cell[][] = Array.from({ length: end - start }, () => []);
      for (const [index, { read }] of this.own.entries()) {
        const vector = vectors[index];
        for (let row = start; row < end; row++) {
          const value: unknown = vector?.get(row);
          rows[row - start]?.push(value === null || value === undefined ? null : read(value));
        }
      }
      yield rows;
    }
  }
}

function damaged(file: SourceFile, error: unknown) {
  return problem(
    file,
    'arrow-invalid',
    `This Arrow file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    'Write it again.',
  );
}
