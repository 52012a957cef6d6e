import type { Finding } from '../finding';
import type { Schema } from '../schema/schema';
import { categoryUnknown } from './categoryUnknown';
import type { Check, CheckContext } from './check';
import { columnAdded } from './columnAdded';
import { columnEmpty } from './columnEmpty';
import { columnMissing } from './columnMissing';
import { columnOrderChanged } from './columnOrderChanged';
import { columnsSwapped } from './columnsSwapped';
import { constantColumn } from './constantColumn';
import { dateAsText } from './dateAsText';
import { dialectChanged } from './dialectChanged';
import { drift } from './drift';
import { dropExplained } from './dropExplained';
import { encodingInvalid } from './encodingInvalid';
import { freshness } from './freshness';
import { futureDate } from './futureDate';
import { labelDrift } from './labelDrift';
import { mixedTypes } from './mixedTypes';
import { nanOrInfinity } from './nanOrInfinity';
import { nullsIncreased } from './nullsIncreased';
import { nullSpellings } from './nullSpellings';
import { numberAsText } from './numberAsText';
import { outOfRange } from './outOfRange';
import type { PairCheck, PairContext } from './pairCheck';
import { patternViolated } from './patternViolated';
import { piiSuspected } from './piiSuspected';
import { pointerCommitted } from './pointerCommitted';
import { referenceMissing } from './referenceMissing';
import { relationViolated } from './relationViolated';
import { rowCountChanged } from './rowCountChanged';
import { sentinelValue } from './sentinelValue';
import { stringVariants } from './stringVariants';
import { typeChanged } from './typeChanged';
import { unitChanged } from './unitChanged';
import { userRule } from './userRule';
import { whitespace } from './whitespace';

/** Every check, the gravest matters first. A new one is a file and a line here. */
export const CHECKS: readonly Check[] = [
  columnMissing,
  pointerCommitted,
  typeChanged,
  columnsSwapped,
  unitChanged,
  columnEmpty,
  constantColumn,
  outOfRange,
  patternViolated,
  relationViolated,
  referenceMissing,
  userRule,
  columnAdded,
  rowCountChanged,
  freshness,
  categoryUnknown,
  nullsIncreased,
  nanOrInfinity,
  sentinelValue,
  encodingInvalid,
  mixedTypes,
  numberAsText,
  dateAsText,
  stringVariants,
  whitespace,
  nullSpellings,
  futureDate,
  piiSuspected,
  labelDrift,
  drift,
  dialectChanged,
  columnOrderChanged,
];

/** Rules that look at two datasets. */
export const PAIR_CHECKS: readonly PairCheck[] = [];

const WEIGHT = { error: 0, warning: 1, info: 2 } as const;

/**
 * All findings of rules that the schema does not silence, the gravest first, without those that others explain. What is
 * silenced explains nothing: to allow one rule must not hide another.
 */
export function runChecks(context: CheckContext): readonly Finding[] {
  const found = CHECKS.flatMap((check) => check.find(context));
  const counted = found.filter((finding) => !isAllowed(finding, context.schema));
  return sortFindings(dropExplained(counted));
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
