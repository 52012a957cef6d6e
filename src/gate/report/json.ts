import type { CheckReport } from '../checkReport';

/** The report as it is, for programs. */
export function formatJson(report: CheckReport): string {
  return writeJson(report);
}

/**
 * JSON that may pass through a terminal or the log of a CI service. Besides what JSON escapes anyway, the same value is
 * written with codes for C1 control and bidirectional characters, and for the bracket of `##[group]` and `##vso[…]`.
 */
export function writeJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2)
    .replace(/[\u007f-\u009f\p{Bidi_Control}]/gu, (character) => codeOf(character))
    .replace(/##(vso)?\[/gi, '##$1\\u005b');
  return `${json}\n`;
}

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
