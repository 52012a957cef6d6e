import { format } from 'node:util';

/**
 * Collects what the extension writes with `console.error` in this host from now on. The window's console shows such
 * text without its origin; here the stack tells it.
 */
export function collectExtensionErrors(): readonly string[] {
  const errors: string[] = [];
  const write = console.error;
  console.error = (...values: readonly unknown[]) => {
    if (/[\\/]dist[\\/]extension\.js/.test(new Error().stack ?? '')) errors.push(format(...values));
    write.apply(console, [...values]);
  };
  return errors;
}
