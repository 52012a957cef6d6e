import type { Check } from '../check';
import { findTextAs } from './textAs';

const RULE = 'date-as-text';

/** A column of text whose values are dates, as it happens where they are not written in the ISO way. */
export const dateAsText: Check = {
  rule: RULE,
  find: (context) => findTextAs(context, { rule: RULE, kind: 'dates' }),
};
