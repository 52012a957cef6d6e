import { escapeMarkdown } from '../../src/base/escape';
import type { TableCell, TableModel } from './tableModel';

/** The table as CSV (RFC 4180), with all digits. */
export function tableToCsv(model: TableModel): string {
  const lines = [
    model.columns.map(({ title }) => title),
    ...model.rows.map(({ cells }) => cells.map(fullText)),
  ];
  return lines.map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('');
}

/**
 * Quoted where it must be. A text that a spreadsheet would run as a formula is prefixed with an apostrophe:
 * the content of a dataset is hostile.
 */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as GitHub Markdown, with the digits that are shown. */
export function tableToMarkdown(model: TableModel): string {
  const lines = [
    model.columns.map(({ title }) => escapeMarkdown(title)),
    model.columns.map(({ align }) => (align === undefined ? '---' : '---:')),
    ...model.rows.map(({ cells }) => cells.map(({ text }) => escapeMarkdown(text))),
  ];
  return lines.map((fields) => `| ${fields.join(' | ')} |\n`).join('');
}

function fullText({ value, text }: TableCell): string {
  return value === undefined ? text : value === null ? '' : String(value);
}
