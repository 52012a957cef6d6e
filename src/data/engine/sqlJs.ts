import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';

/** A bundle of its own: SQLite as WebAssembly, for hosts without a SQLite. https://sql.js.org/documentation/ */

export async function openSqlJs(bytes: Uint8Array) {
  const library = await initSqlJs();
  return new library.Database(bytes);
}
