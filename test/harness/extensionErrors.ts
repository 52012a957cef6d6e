import { format } from 'node:util';

/**
 * Collects what the extension writes with `console.error` in this host from now on. The window's console shows such
 * text without its origin; here the stack tells it.
 */
export function collectExtensionErrors(): readonly string[] {
  const errors: string[] = [];
  const write = console.error.bind(console);
  const collect = (...values: readonly unknown[]): void => {
    if (/[\\/]dist[\\/]extension\.js/.test(new Error().stack ?? '')) errors.push(format(...values));
    write(...values);
  };
  // VS Code has made it an accessor that ignores assignments.
  Object.defineProperty(console, 'error', { value: collect, configurable: true, writable: true });
  return errors;
}
