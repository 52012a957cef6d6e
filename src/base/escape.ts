/**
 * Content that came out of a dataset or a repository is hostile: it reaches each medium only through
 * one of these.
 */

/** For HTML text and double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** For Markdown text inside one table cell or line. */
export function escapeMarkdown(text: string): string {
  return showControls(text).replace(/[\\`*_{}[\]()<>#+!|~&@:-]/g, (character) => `\\${character}`);
}

/** For a terminal: control characters, and the escape sequences they begin, become visible. */
export function showControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) =>
    character === '\n' ? '\u23ce' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A name of a column or table for DuckDB, whatever is in it. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A SQL string literal for DuckDB, for the few places where a parameter cannot be bound. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
