import type { Finding, Severity } from '../finding';

/** What other rules say of the same column, when a more specific one has told why. */
interface Explanation {
  readonly rule: string;
  readonly explains?: readonly string[];
  /** Only where everything that the other finding names is among what this one names. */
  readonly explainsNamed?: readonly string[];
  /** Only where this one is about enough rows to move a distribution. */
  readonly explainsByShare?: readonly string[];
}

/** Above every other finding: what is no data is not judged further. */
const EXPLAINS_ALL = 'pointer-committed';

const DRIFTS = ['drift', 'label-drift'] as const;

/** No rule explains itself, not even by way of others. */
const EXPLANATIONS: readonly Explanation[] = [
  { rule: 'column-empty', explains: ['nulls-increased', 'nan-or-infinity', ...DRIFTS] },
  { rule: 'type-changed', explains: ['mixed-types', 'number-as-text', 'date-as-text'] },
  {
    rule: 'columns-swapped',
    explains: [
      'unit-changed',
      'category-unknown',
      'string-variants',
      'correlation-changed',
      ...DRIFTS,
    ],
  },
  { rule: 'mixed-types', explains: ['number-as-text', 'date-as-text'] },
  { rule: 'constant-column', explains: DRIFTS },
  { rule: 'unit-changed', explains: DRIFTS },
  { rule: 'label-drift', explains: ['class-imbalance'] },
  { rule: 'sentinel-value', explainsByShare: DRIFTS },
  {
    rule: 'whitespace',
    explainsNamed: ['string-variants', 'category-unknown'],
    explainsByShare: DRIFTS,
  },
  { rule: 'string-variants', explainsNamed: ['category-unknown'], explainsByShare: DRIFTS },
  { rule: 'null-spellings', explainsNamed: ['category-unknown'], explainsByShare: DRIFTS },
];

/** So many rows of a new value make a population stability index of about 0.1. */
const LEAST_SHARE = 0.02;

/**
 * Without the findings that others explain: one cause, one finding. A cause is as grave as the gravest of what it
 * explains, so that the verdict stays the same; what only tells explains only what only tells as well. What names its own
 * cause stays, for it can be accepted by itself, but only tells.
 */
export function dropExplained(findings: readonly Finding[]): readonly Finding[] {
  const all = findings.filter(({ rule }) => rule === EXPLAINS_ALL);
  if (all.length > 0) return all;
  return findings
    .filter((finding) => !isExplained(finding, findings))
    .map((finding) => ({ ...finding, severity: gravestOf(finding, findings) }))
    .map((finding) => (causeOf(finding, findings) === undefined ? finding : onlyTelling(finding)));
}

/** By another finding, or because the cause that it names is. */
function isExplained(finding: Finding, findings: readonly Finding[]): boolean {
  const cause = causeOf(finding, findings);
  return (
    findings.some((other) => explains(other, finding)) ||
    (cause !== undefined && isExplained(cause, findings))
  );
}

/** The finding that a finding itself names as its cause. */
function causeOf({ because, column }: Finding, findings: readonly Finding[]): Finding | undefined {
  if (because === undefined) return undefined;
  return findings.find((other) => other.rule === because && other.column === column);
}

function onlyTelling({ because, message, ...finding }: Finding): Finding {
  return {
    ...finding,
    severity: 'info',
    message: `${message} It is the change that ${because} tells of, and no other.`,
    ...(because === undefined ? {} : { because }),
  };
}

const WEIGHT = { error: 0, warning: 1, info: 2 } as const;

function gravestOf(finding: Finding, findings: readonly Finding[]): Severity {
  return findings
    .filter((other) => explains(finding, other) || causeOf(other, findings) === finding)
    .map((other) => gravestOf(other, findings))
    .reduce((gravest, each) => (WEIGHT[each] < WEIGHT[gravest] ? each : gravest), finding.severity);
}

function explains(cause: Finding, finding: Finding): boolean {
  const entry = EXPLANATIONS.find(({ rule }) => rule === cause.rule);
  if (entry === undefined || !isAbout(cause, finding)) return false;
  if (cause.severity === 'info' && finding.severity !== 'info') return false;
  const { explains: always = [], explainsNamed = [], explainsByShare = [] } = entry;
  return (
    always.includes(finding.rule) ||
    (explainsNamed.includes(finding.rule) && namesAll(cause, finding)) ||
    (explainsByShare.includes(finding.rule) && (cause.effect?.value ?? 0) >= LEAST_SHARE)
  );
}

function isAbout(cause: Finding, finding: Finding): boolean {
  const { rule, column: own, samples } = cause;
  const { column } = finding;
  if (column === undefined) return false;
  if (own === column) return true;
  // Both columns were swapped, and every other column goes together differently with both.
  const isBetween = finding.rule === 'correlation-changed' && namesAll(cause, finding);
  return rule === 'columns-swapped' && (samples.includes(column) || isBetween);
}

function namesAll(cause: Finding, { samples }: Finding): boolean {
  const named = new Set(cause.samples);
  return samples.length > 0 && samples.every((sample) => named.has(sample));
}
