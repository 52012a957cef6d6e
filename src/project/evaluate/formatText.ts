import { reprOf, textOfValue } from './pyText';
import { hole, text as asText, type PyValue } from './pyValue';

const SPECIFICATION = /^(?:(.)?([<>]))?(0?)(\d*)(?:\.(\d+))?([dfs]?)$/;

/** `format(value, specification)`, of what is common in paths; a hole for the rest. */
export function formatValue(value: PyValue, specification: string): string {
  if (specification === '') return textOfValue(value);
  const found = SPECIFICATION.exec(specification);
  const written = found === null ? undefined : writeNumber(value, found[5], found[6] ?? '');
  if (found === null || written === undefined) return hole();
  const [, fill = ' ', align, zero, width = ''] = found;
  const missing = Math.min(1000, Math.max(0, Number(width) - written.length));
  const filling = (zero === '0' ? '0' : fill).repeat(missing);
  const isRight = align === undefined ? value.kind !== 'text' : align === '>';
  return isRight ? filling + written : written + filling;
}

function writeNumber(
  value: PyValue,
  precision: string | undefined,
  type: string,
): string | undefined {
  if (type === 'f' && (value.kind === 'int' || value.kind === 'float')) {
    return value.value.toFixed(Math.min(100, Number(precision ?? 6)));
  }
  const fits = type === '' || (type === 'd' ? value.kind === 'int' : value.kind === 'text');
  return fits && precision === undefined ? textOfValue(value) : undefined;
}

/** What a replacement field of `str.format` names: `{0}`, `{name}`, `{name.attribute}`, `{name[key]}`. */
export interface Fields {
  readonly positional: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
  readonly member: (value: PyValue, name: string, isKey: boolean) => PyValue;
  /** What becomes of a field without a value. */
  readonly missing: (field: string) => string;
  /** How a value without a specification is written, where not as `str` does. */
  readonly write?: (value: PyValue, field: string) => string;
}

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rs]))?(?::([^{}]*))?\}/g;

/** `template.format(…)`. */
export function formatTemplate(template: string, fields: Fields): string {
  let position = 0;
  return template.replace(
    FIELD,
    (whole, field = '', conversion?: string, specification?: string) => {
      if (whole === '{{' || whole === '}}') return whole.slice(1);
      const [, first = '', rest = ''] = /^\s*([^.[]*)([^]*)$/.exec(String(field)) ?? [];
      const name = first.trim() === '' ? String(position++) : first.trim();
      const start = /^\d+$/.test(name)
        ? fields.positional[Number(name)]
        : fields.keywords.get(name);
      if (start === undefined) return fields.missing(String(field));
      const value = memberOf(start, rest, fields);
      return writeField(value, String(field), conversion, specification, fields);
    },
  );
}

function writeField(
  value: PyValue,
  field: string,
  conversion: string | undefined,
  specification: string | undefined,
  { write }: Fields,
): string {
  if (conversion === 'r') return reprOf(value) ?? hole();
  if (specification !== undefined) return formatValue(value, specification);
  return write === undefined ? textOfValue(value) : write(value, field);
}

function memberOf(start: PyValue, path: string, fields: Fields): PyValue {
  let value = start;
  for (const [, attribute, key] of path.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    value = fields.member(value, attribute ?? key ?? '', attribute === undefined);
  }
  return value;
}

/** A key as `str.format` reads it: a number where it looks like one. */
export function keyOfField(key: string): PyValue {
  return /^\d+$/.test(key) ? { kind: 'int', value: Number(key) } : asText(key);
}
