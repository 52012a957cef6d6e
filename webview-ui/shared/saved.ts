/**
 * Readers of what a view saved: it comes back as `unknown`, perhaps from an older version, and anything
 * that does not fit is as if it had never been saved.
 */
export function savedRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function savedText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A finite number that is not negative; 0 otherwise. */
export function savedOffset(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
