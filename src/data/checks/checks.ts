import type { Finding } from '../finding';
import { categoryUnknown } from './categoryUnknown';
import type { Check, CheckContext } from './check';
import { columnAdded } from './columnAdded';
import { columnMissing } from './columnMissing';
import { drift } from './drift';
import type { Schema } from '../schema/schema';
import { freshness } from './freshness';
import { labelDrift } from './labelDrift';
import { nullsIncreased } from './nullsIncreased';
import type { PairCheck, PairContext } from './pairCheck';
import { rowCountChanged } from './rowCountChanged';
import { typeChanged } from './typeChanged';

/** Every check, the gravest matters first. A new one is a file and a line here. */
export const CHECKS: readonly Check[] = [
  columnMissing,
  typeChanged,
  columnAdded,
  rowCountChanged,
  freshness,
  categoryUnknown,
  nullsIncreased,
  labelDrift,
  drift,
];

/** Rules that look at two datasets. */
export const PAIR_CHECKS: readonly PairCheck[] = [];

const WEIGHT = { error: 0, warning: 1, info: 2 } as const;

/** All findings of rules that the schema does not silence, the gravest first. */
export function runChecks(context: CheckContext): readonly Finding[] {
  return sortFindings(
    CHECKS.flatMap((check) => check.find(context)).filter(
      (finding) => !isAllowed(finding, context.schema),
    ),
  );
}

/** As `runChecks`, for what looks at a dataset beside the training data. */
export function runPairChecks(context: PairContext): readonly Finding[] {
  return PAIR_CHECKS.flatMap((check) => check.find(context)).filter(
    (finding) => !isAllowed(finding, context.schema),
  );
}

export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

function isAllowed({ rule, column }: Finding, schema: Schema): boolean {
  if (schema.allow?.includes(rule) === true) return true;
  const own = schema.columns.find(({ name }) => name === column);
  return own?.allow?.includes(rule) === true;
}
