import { partitionsOf } from '../engine/hivePath';
import type { SourceFile } from '../engine/engineProtocol';
import type { FooterColumn } from './footerColumn';

/** The columns that folders like `year=2024` say. @param rows of each file */
export function partitionColumns(
  files: readonly SourceFile[],
  rows: readonly number[],
): readonly FooterColumn[] {
  const partitions = files.map(partitionsOf);
  const names = [...new Set(partitions.flatMap((each) => [...each.keys()]))];
  return names.map((name) => {
    const values = partitions.map((each) => each.get(name) ?? null);
    // The folder of a file without rows says nothing of any row, but has a part in the type.
    const present = values.flatMap((value) => value ?? []);
    const held = values.flatMap((value, index) => (rows[index] === 0 ? [] : (value ?? [])));
    const nativeType = typeOfTexts(present);
    const nulls = rows.reduce((sum, each, index) => sum + (values[index] === null ? each : 0), 0);
    return {
      name,
      nulls,
      nans: 0,
      hasValues: held.length > 0,
      ...(nativeType === undefined ? {} : { nativeType }),
      ...(nativeType === 'BIGINT' && held.length > 0 ? { ends: endsOf(held.map(Number)) } : {}),
    };
  });
}

function endsOf(values: readonly number[]) {
  const [first = 0] = values;
  return values.reduce(
    ({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }),
    { min: first, max: first },
  );
}

const LARGEST = 2n ** 63n;

/**
 * As the types of a CSV's columns are decided, for what is plain: other spellings, which only the engine can tell, have
 * no type here.
 */
function typeOfTexts(texts: readonly string[]): string | undefined {
  if (texts.every((text) => /^(?:true|false)$/i.test(text)))
    return texts.length > 0 ? 'BOOLEAN' : 'VARCHAR';
  if (texts.every(isInteger)) return 'BIGINT';
  if (texts.every((text) => /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,17})?$/.test(text))) return 'DOUBLE';
  if (texts.every(isDate)) return 'DATE';
  return texts.some(isWord) ? 'VARCHAR' : undefined;
}

function isInteger(text: string): boolean {
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) return false;
  const value = BigInt(text);
  return value < LARGEST && value >= -LARGEST;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** No number, date or switch in any spelling. */
function isWord(text: string): boolean {
  return /^[A-Za-z_]/.test(text) && !/^(?:nan|inf|infinity|true|false|epoch)$/i.test(text);
}
