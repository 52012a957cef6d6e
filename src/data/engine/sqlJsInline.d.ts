declare module 'sql.js/dist/sql-wasm-inline.js' {
  interface Statement {
    step(): boolean;
    get(parameters: null, options: { readonly useBigInt: true }): unknown[];
    free(): void;
  }

  interface OpenDatabase {
    prepare(sql: string): Statement;
    close(): void;
  }

  export default function initSqlJs(): Promise<{
    readonly Database: new (bytes: Uint8Array) => OpenDatabase;
  }>;
}
