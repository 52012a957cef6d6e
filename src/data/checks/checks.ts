import type { Finding } from '../finding';
import { categoryUnknown } from './categoryUnknown';
import type { Check, CheckContext } from './check';
import { columnAdded } from './columnAdded';
import { columnMissing } from './columnMissing';
import { drift } from './drift';
import { nullsIncreased } from './nullsIncreased';
import { typeChanged } from './typeChanged';

/** Every check, the gravest matters first. A new one is a file and a line here. */
const CHECKS: readonly Check[] = [
  columnMissing,
  typeChanged,
  columnAdded,
  categoryUnknown,
  nullsIncreased,
  drift,
];

const WEIGHT = { error: 0, warning: 1, info: 2 } as const;

/** All findings, the gravest first. */
export function runChecks(context: CheckContext): readonly Finding[] {
  return CHECKS.flatMap((check) => check(context)).sort(
    (a, b) => WEIGHT[a.severity] - WEIGHT[b.severity],
  );
}
