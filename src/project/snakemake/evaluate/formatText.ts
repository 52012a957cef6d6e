import { reprOf, textOfValue } from './pyText';
import { hole, text as asText, type PyValue } from './pyValue';

/** `format(value, specification)`, of what is common in paths; a hole for the rest. */
export function formatValue(value: PyValue, specification: string): string {
  if (specification === '') return textOfValue(value);
  const found = /^(?:(.)?([<>^]))?(0?)(\d*)(?:\.(\d+))?([dfsg]?)$/.exec(specification);
  if (found === null) return hole();
  const [, fill = ' ', align, zero, width, precision, type] = found;
  const isNumber = value.kind === 'int' || value.kind === 'float';
  let written = textOfValue(value);
  if (isNumber && (type === 'f' || (type === '' && precision !== undefined))) {
    if (type !== 'f') return hole();
    written = value.value.toFixed(precision === undefined ? 6 : Number(precision));
  } else if (type === 'g' || precision !== undefined || (type === 'd' && value.kind !== 'int'))
    return hole();
  const missing = Math.max(0, Number(width === '' ? 0 : width) - written.length);
  const filling = (zero === '0' ? '0' : fill).repeat(Math.min(missing, 1000));
  if (align === '^') return missing === 0 ? written : hole();
  const isRight = align === undefined ? isNumber : align === '>';
  return isRight ? filling + written : written + filling;
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
    (whole: string, field?: string, conversion?: string, specification?: string) => {
      if (whole === '{{') return '{';
      if (whole === '}}') return '}';
      const [, first = '', rest = ''] = /^\s*([^.[]*)([^]*)$/.exec(field ?? '') ?? [];
      const name = first.trim();
      const start = /^\d*$/.test(name)
        ? fields.positional[name === '' ? position++ : Number(name)]
        : fields.keywords.get(name);
      if (start === undefined) return fields.missing(field ?? '');
      const value = memberOf(start, rest, fields);
      if (conversion === 'r') return reprOf(value) ?? hole();
      if (fields.write !== undefined && specification === undefined) {
        return fields.write(value, field ?? '');
      }
      return formatValue(value, specification ?? '');
    },
  );
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
