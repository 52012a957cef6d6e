import { readStored, type StoredKind, type StoredValue } from './storedValue';
import { fieldId, fieldType, isTrue, type ThriftCursor } from './thriftCursor';

/** What is asked for of a leaf. */
export interface AskedLeaf {
  /** How its ends are stored; undefined where it has none. */
  readonly kind: StoredKind | undefined;
  readonly isNested: boolean;
}

/**
 * What a group of rows says of one leaf. There are hundreds of thousands of them in a large file: each is read into the
 * same object, so that none has to be cleared away.
 */
export class ChunkMetadata {
  /** With the places where one is missing. */
  values = 0;
  nulls: number | undefined;
  /** Not-a-number values. */
  nans: number | undefined;
  /** Rows in which the column as a whole is missing; only of what is nested. */
  absent: number | undefined;
  /** Undefined where they are not told, are not finite, or only bounds. */
  min: StoredValue | undefined;
  max: StoredValue | undefined;
  /** Where its bytes end in the file; 0 where that is not said. */
  end = 0;

  /** As of a chunk that says nothing: in groups of rows that are encrypted. */
  clear(): void {
    this.values = 0;
    this.nulls = undefined;
    this.nans = undefined;
    this.absent = undefined;
    this.min = undefined;
    this.max = undefined;
    this.end = 0;
  }

  /** ColumnMetaData. */
  read(cursor: ThriftCursor, leaf: AskedLeaf): void {
    let bytes = 0;
    let start = Infinity;
    for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
      const id = fieldId(field);
      if (id === 5) this.values = cursor.integer();
      else if (id === 7) bytes = cursor.integer();
      else if (id === 9 || id === 11) start = earlier(start, cursor.integer());
      else if (id === 12) this.readStatistics(cursor, leaf.kind);
      else if (id === 16 && leaf.isNested) this.readAbsent(cursor);
      else cursor.skip(fieldType(field));
    }
    if (start < Infinity) this.end = start + bytes;
  }

  /**
   * Statistics. The format lets a writer give bounds in the place of values, which it then should say; of numbers and times
   * every writer gives the values.
   */
  private readStatistics(cursor: ThriftCursor, kind: StoredKind | undefined): void {
    let areExact = true;
    for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
      const id = fieldId(field);
      if (id === 3) this.nulls = cursor.integer();
      else if (id === 9) this.nans = cursor.integer();
      else if (id === 7 || id === 8) {
        areExact &&= isTrue(field);
        cursor.skip(fieldType(field));
      } else if (kind === undefined || !this.readEnd(cursor, id, kind))
        cursor.skip(fieldType(field));
    }
    if (areExact) return;
    this.min = undefined;
    this.max = undefined;
  }

  /** @returns whether the field is an end */
  private readEnd(cursor: ThriftCursor, id: number, kind: StoredKind): boolean {
    // The older ones, which are written first, do not hold for numbers that were not compared as signed ones.
    if (id === 5 || (id === 1 && kind.isSigned)) this.max = readStored(cursor, kind);
    else if (id === 6 || (id === 2 && kind.isSigned)) this.min = readStored(cursor, kind);
    else return false;
    return true;
  }

  /** SizeStatistics: how often the lowest level of definition occurs, that of a column that is missing as a whole. */
  private readAbsent(cursor: ThriftCursor): void {
    for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
      if (fieldId(field) === 3) this.absent = cursor.firstInteger();
      else cursor.skip(fieldType(field));
    }
  }
}

/** Some writers say 0 where there is no dictionary. */
function earlier(start: number, offset: number): number {
  return offset > 0 ? Math.min(start, offset) : start;
}
