import { PHYSICAL_TYPES, type LogicalType, type SchemaElement } from './parquetFooter';
import { fieldId, fieldType, isTrue, type ThriftCursor } from './thriftCursor';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const REPETITIONS = ['required', 'optional', 'repeated'] as const;

/** SchemaElement. */
export function readElement(cursor: ThriftCursor): SchemaElement {
  const element: Mutable<SchemaElement> = { name: '', repetition: 'other', children: 0 };
  for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
    switch (fieldId(field)) {
      case 1:
        set(element, 'physical', PHYSICAL_TYPES[cursor.integer()]);
        break;
      case 2:
        element.length = cursor.integer();
        break;
      case 3:
        element.repetition = REPETITIONS[cursor.integer()] ?? 'other';
        break;
      case 4:
        element.name = cursor.text();
        break;
      case 5:
        element.children = cursor.integer();
        break;
      case 6:
        element.converted = cursor.integer();
        break;
      case 7:
        element.scale = cursor.integer();
        break;
      case 8:
        element.precision = cursor.integer();
        break;
      case 10:
        set(element, 'logical', readLogical(cursor));
        break;
      default:
        cursor.skip(fieldType(field));
    }
  }
  return element;
}

function set<Key extends keyof SchemaElement>(
  element: Mutable<SchemaElement>,
  key: Key,
  value: SchemaElement[Key],
): void {
  if (value !== undefined) element[key] = value;
}

const TIME = 7;
const TIMESTAMP = 8;
const INTEGER = 10;

/** A union: a struct of one field. */
function readLogical(cursor: ThriftCursor): LogicalType | undefined {
  let logical: LogicalType | undefined;
  for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
    const id = fieldId(field);
    if (id === TIME || id === TIMESTAMP) logical = { id, ...readTime(cursor) };
    else if (id === INTEGER) logical = { id, ...readInteger(cursor) };
    else {
      logical = { id };
      cursor.skip(fieldType(field));
    }
  }
  return logical;
}

const UNITS = [undefined, 'milliseconds', 'microseconds', 'nanoseconds'] as const;

function readTime(cursor: ThriftCursor): Omit<LogicalType, 'id'> {
  let isUtc = false;
  let unit: LogicalType['unit'];
  for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
    if (fieldId(field) === 1) isUtc = isTrue(field);
    if (fieldId(field) === 2) unit = readUnit(cursor);
    else cursor.skip(fieldType(field));
  }
  return { isUtc, ...(unit === undefined ? {} : { unit }) };
}

function readUnit(cursor: ThriftCursor): LogicalType['unit'] {
  let unit: LogicalType['unit'];
  for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
    unit = UNITS[fieldId(field)];
    cursor.skip(fieldType(field));
  }
  return unit;
}

function readInteger(cursor: ThriftCursor): Omit<LogicalType, 'id'> {
  let bits = 0;
  let isSigned = false;
  for (let field = cursor.nextField(0); field !== 0; field = cursor.nextField(field)) {
    // A byte, which is written as it is.
    if (fieldId(field) === 1) bits = cursor.byte();
    else {
      if (fieldId(field) === 2) isSigned = isTrue(field);
      cursor.skip(fieldType(field));
    }
  }
  return { bits, isSigned };
}
