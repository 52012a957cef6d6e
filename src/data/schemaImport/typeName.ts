import type { ColumnType } from '../profile/profile';

/** By the names of numpy, pandas, SQL and Spark, in lower case and without what stands in brackets. */
const TYPES: readonly (readonly [names: RegExp, type: ColumnType])[] = [
  [
    /^(?:u?int(?:8|16|32|64|_)?|(?:big|small|tiny|medium)?int(?:eger)?|long|short|byte)$/,
    'integer',
  ],
  [
    /^(?:float(?:16|32|64|_)?|double|double precision|real|decimal(?:128)?|numeric|number)$/,
    'number',
  ],
  [/^(?:bool_?|boolean)$/, 'boolean'],
  [/^date(?:32|64)?$/, 'date'],
  [
    /^(?:datetime(?:64|tz)?|timestamp(?:_?ntz|_?ltz|_?tz)?|timestamp with(?:out)? time zone)$/,
    'timestamp',
  ],
  [
    /^(?:str_?|string_?|varchar|nvarchar|char|nchar|character varying|text|large_string|utf8)$/,
    'string',
  ],
];

/** The type of a column by another tool's name for it; undefined for names of many kinds of values, such as `object`. */
export function typeOfName(name: string): ColumnType | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^(?:numpy|np|pandas|pd|pl|polars|sqlalchemy(?:\.types)?|datetime)\./, '')
    .replace(/[[(].*$/s, '')
    .replace(/(?<=.)type(?:\(\))?$/, '')
    .replace(/dtype$/, '')
    .trim();
  return TYPES.find(([names]) => names.test(plain))?.[1];
}
