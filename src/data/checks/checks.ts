import type { Finding } from '../finding';
import type { Schema } from '../schema/schema';
import { categoryUnknown } from './values/categoryUnknown';
import type { Check, CheckContext } from './check';
import { classImbalance } from './learning/classImbalance';
import { columnAdded } from './schema/columnAdded';
import { columnEmpty } from './completeness/columnEmpty';
import { columnMissing } from './schema/columnMissing';
import { columnOrderChanged } from './schema/columnOrderChanged';
import { columnsSwapped } from './values/columnsSwapped';
import { conflictingLabels } from './learning/conflictingLabels';
import { constantColumn } from './values/constantColumn';
import { correlationChanged } from './distribution/correlationChanged';
import { dateAsText } from './values/dateAsText';
import { dialectChanged } from './schema/dialectChanged';
import { drift } from './distribution/drift';
import { dropExplained } from './dropExplained';
import { duplicateRows } from './rows/duplicateRows';
import { encodingInvalid } from './schema/encodingInvalid';
import { freshness } from './rows/freshness';
import { futureDate } from './values/futureDate';
import { keyNotUnique } from './rows/keyNotUnique';
import { labelDrift } from './distribution/labelDrift';
import { mixedTypes } from './schema/mixedTypes';
import { multivariateDrift } from './distribution/multivariateDrift';
import { nanOrInfinity } from './completeness/nanOrInfinity';
import { nullsIncreased } from './completeness/nullsIncreased';
import { nullSpellings } from './completeness/nullSpellings';
import { numberAsText } from './values/numberAsText';
import { outOfRange } from './values/outOfRange';
import { groupOverlap } from './learning/groupOverlap';
import { keyOverlap } from './learning/keyOverlap';
import { labelUnknown } from './learning/labelUnknown';
import { timeLeak } from './learning/timeLeak';
import { trainServingSkew } from './learning/trainServingSkew';
import { trainTestOverlap } from './learning/trainTestOverlap';
import type { PairCheck, PairContext } from './pairCheck';
import { patternViolated } from './values/patternViolated';
import { piiSuspected } from './values/piiSuspected';
import { pointerCommitted } from './schema/pointerCommitted';
import { referenceMissing } from './values/referenceMissing';
import { relationViolated } from './values/relationViolated';
import { rowCountChanged } from './rows/rowCountChanged';
import { rowsSortedByLabel } from './rows/rowsSortedByLabel';
import { ruleInvalid } from './values/ruleInvalid';
import { sentinelValue } from './completeness/sentinelValue';
import { stringVariants } from './values/stringVariants';
import { targetLeak } from './learning/targetLeak';
import { typeChanged } from './schema/typeChanged';
import { unitChanged } from './values/unitChanged';
import { userRule } from './values/userRule';
import { whitespace } from './values/whitespace';

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
  ruleInvalid,
  columnAdded,
  rowCountChanged,
  freshness,
  duplicateRows,
  keyNotUnique,
  targetLeak,
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
  conflictingLabels,
  classImbalance,
  drift,
  correlationChanged,
  multivariateDrift,
  dialectChanged,
  columnOrderChanged,
  rowsSortedByLabel,
];

/** Rules that look at two datasets. */
export const PAIR_CHECKS: readonly PairCheck[] = [
  keyOverlap,
  groupOverlap,
  trainTestOverlap,
  labelUnknown,
  timeLeak,
  trainServingSkew,
];

const WEIGHT = { error: 0, warning: 1, info: 2 } as const;

/**
 * All findings of rules that the schema does not silence, the gravest first, without those that others explain. What is
 * silenced explains nothing: to allow one rule must not hide another.
 */
export function runChecks(context: CheckContext): readonly Finding[] {
  const found = CHECKS.flatMap((check) => check.find(context));
  return concludeFindings(found, context.schema);
}

/** Of what the checks found: what the schema does not silence, sorted, without what others explain. */
export function concludeFindings(found: readonly Finding[], schema: Schema): readonly Finding[] {
  const counted = found.filter((finding) => !isAllowed(finding, schema));
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

/** Whether the schema silences the finding's rule, for its column or for all. */
export function isAllowed({ rule, column }: Finding, schema: Schema): boolean {
  if (schema.allow?.includes(rule) === true) return true;
  const own = schema.columns.find(({ name }) => name === column);
  return own?.allow?.includes(rule) === true;
}
