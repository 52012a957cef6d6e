import { quote } from '../checks/check';

/** Other tools' sentences within ours. */

/** One sentence on one line. */
export function showProse(text: string): string {
  return `${text.replace(/\s+/g, ' ').trim().replace(/\.$/, '')}.`;
}

/** The column in quotes, else the whole. */
export function nameSubject(column: string | undefined): string {
  return column === undefined ? 'the table' : quote(column);
}
