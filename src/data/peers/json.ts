/** Reading JSON of others, whose shape nobody guarantees: what is not as expected counts as absent. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function recordsOf(value: unknown): readonly JsonRecord[] {
  return listOf(value).filter(isRecord);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Finite only. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Longer values are cut: what stands in them is not what a finding is about. */
const LONGEST_VALUE = 200;
const DEEPEST_VALUE = 3;

/** A value for people, on one line; text as it is. Not escaped. */
export function showValue(value: unknown, depth = 0): string {
  const text = showWhole(value, depth);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function showWhole(value: unknown, depth: number): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth >= DEEPEST_VALUE) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, LONGEST_VALUE).map((item) => showValue(item, depth + 1));
    return `[${items.join(', ')}]`;
  }
  const pairs = Object.entries(value).slice(0, LONGEST_VALUE);
  return `{${pairs.map(([key, item]) => `${key}: ${showValue(item, depth + 1)}`).join(', ')}}`;
}
