import type { Severity } from '../finding';
import type { TextProfile } from '../profile/profile';
import type { Check } from './check';
import { findTextAs } from './textAs';

const RULE = 'number-as-text';

/**
 * A column of text whose values are numbers: a few others among them, or how it was written, make readers take all for
 * text. Digits of one length only may be codes, and are only mentioned in a first look.
 */
export const numberAsText: Check = {
  rule: RULE,
  find: (context) => findTextAs(context, { rule: RULE, kind: 'numbers', firstSeverity }),
};

function firstSeverity({ patterns, lengths }: TextProfile): Severity {
  const isCode = lengths.min === lengths.max && patterns.every(({ value }) => /^9+$/.test(value));
  return isCode ? 'info' : 'warning';
}
