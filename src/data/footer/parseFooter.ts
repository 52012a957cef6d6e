import { ChunkMetadata } from './chunkMetadata';
import { LeafCollector } from './leafCollector';
import type { ParquetFooter, SchemaElement } from './parquetFooter';
import { readElement } from './schemaElement';
import { storedKind } from './storedValue';
import { fieldId, fieldType, ThriftCursor, ThriftError } from './thriftCursor';

/** Reads the metadata of a Parquet file. @throws ThriftError where the bytes are none */
export function parseFooter(bytes: Uint8Array): ParquetFooter {
  return new FooterParser(new ThriftCursor(bytes)).parse();
}

class FooterParser {
  private schema: readonly SchemaElement[] = [];
  private leaves: readonly LeafCollector[] = [];
  private readonly chunk = new ChunkMetadata();
  private rows: number | undefined;
  private rowsOfGroups = 0;
  private encrypted = false;
  private dataEnd = 0;

  constructor(private readonly cursor: ThriftCursor) {}

  /** FileMetaData. */
  parse(): ParquetFooter {
    const { cursor } = this;
    for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
      switch (fieldId(field)) {
        case 2:
          this.readSchema();
          break;
        case 3:
          this.rows = cursor.integer();
          break;
        case 4:
          cursor.structs(() => this.readGroup());
          break;
        case 8:
          this.encrypted = true;
          cursor.skip(fieldType(field));
          break;
        default:
          cursor.skip(fieldType(field));
      }
    }
    const { rows, schema, encrypted, dataEnd } = this;
    if (rows === undefined || rows < 0 || schema.length === 0)
      throw new ThriftError('no columns or no number of rows');
    if (rows !== this.rowsOfGroups)
      throw new ThriftError(`${rows} rows, and ${this.rowsOfGroups} in its groups of rows`);
    const leaves = this.leaves.map((leaf) => leaf.finish());
    return { rows, schema, leaves, encrypted, dataEnd };
  }

  private readSchema(): void {
    const schema: SchemaElement[] = [];
    this.cursor.structs(() => schema.push(readElement(this.cursor)));
    this.schema = schema;
    this.leaves = leavesOf(schema);
  }

  private readGroup(): void {
    const { cursor } = this;
    for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
      if (fieldId(field) === 1) {
        const count = cursor.structs((index) => this.readChunk(index));
        if (count !== this.leaves.length)
          throw new ThriftError(`${count} columns in a group of rows of ${this.leaves.length}`);
      } else if (fieldId(field) === 3) {
        this.rowsOfGroups += cursor.integer();
      } else cursor.skip(fieldType(field));
    }
  }

  /** ColumnChunk. */
  private readChunk(index: number): void {
    const { cursor, chunk } = this;
    const leaf = this.leaves[index];
    if (leaf === undefined) throw new ThriftError('more column chunks than columns');
    chunk.clear();
    let isElsewhere = false;
    for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
      const id = fieldId(field);
      if (id === 3) chunk.read(cursor, leaf);
      else {
        // What is in another file does not have to fit into this one.
        if (id === 1) isElsewhere = true;
        if (id === 8 || id === 9) this.encrypted = true;
        cursor.skip(fieldType(field));
      }
    }
    if (!isElsewhere) this.dataEnd = Math.max(this.dataEnd, chunk.end);
    leaf.add(chunk);
  }
}

function leavesOf(schema: readonly SchemaElement[]): readonly LeafCollector[] {
  const [root] = schema;
  const leaves: LeafCollector[] = [];
  let at = 1;
  const walk = (isNested: boolean, depth: number): void => {
    const element = schema[at++];
    if (element === undefined || depth > DEEPEST) throw new ThriftError('a broken tree of columns');
    if (element.physical === undefined) {
      for (let child = 0; child < element.children; child++) walk(true, depth + 1);
      return;
    }
    const required = !isNested && element.repetition === 'required';
    leaves.push(new LeafCollector(storedKind(element), isNested, required));
  };
  for (let child = 0; child < (root?.children ?? 0); child++) walk(false, 0);
  if (at !== schema.length) throw new ThriftError('a broken tree of columns');
  return leaves;
}

const DEEPEST = 100;
