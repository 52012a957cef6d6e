import type { Check } from '../check';
import { findTextAs } from './textAs';

const RULE = 'number-as-text';

/** A column of text whose values are numbers: a few others among them, or how it was written, make all of them text. */
export const numberAsText: Check = {
  rule: RULE,
  find: (context) => findTextAs(context, { rule: RULE, kind: 'numbers' }),
};
