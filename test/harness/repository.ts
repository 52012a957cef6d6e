import { join } from 'node:path';

/** The checkout that this harness belongs to; absolute. */
export const REPOSITORY = join(__dirname, '..', '..');

/** A path of the checkout, from its parts. */
export function inRepository(...parts: readonly string[]): string {
  return join(REPOSITORY, ...parts);
}
