import { formatNumber, formatShare } from '../../src/base/format';
import {
  schemaPath,
  type DatasetReport,
  type Effect,
  type Finding,
  type Severity,
} from '../../src/protocol/content';
import type { FromView } from '../../src/protocol/view';
import { placeLinks, problemReason } from '../shared/problemReason';
import type { Fact } from '../shared/facts';
import type { ReasonAction, ReasonItem } from '../shared/reasonItem';
import { TONE_WEIGHTS, toneOfSeverity } from '../shared/tone';

const WORDS = {
  error: 'Error',
  warning: 'Warning',
  info: 'Info',
} as const satisfies Readonly<Record<Severity, string>>;

/** Why a dataset got its verdict: what could not be read first, then the findings by weight. */
export function datasetReasons(
  report: DatasetReport,
  shownRows: ReadonlySet<number> = new Set(),
): readonly ReasonItem[] {
  return [
    ...report.problems.map(problemReason),
    ...byWeight(report.findings).map((finding) => {
      const place = report.findings.indexOf(finding);
      return findingReason(report, finding, place, shownRows.has(place));
    }),
  ];
}

/** The key of a finding's reason. @param place in the report */
export function findingKey({ rule, column = '' }: Finding, place: number): string {
  return `finding ${place} ${rule} ${column}`;
}

/** Gravest first; among the equally grave, the largest effect for its threshold first. */
export function byWeight(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => findingWeight(b) - findingWeight(a));
}

/** Orders findings: severity before effect, and effects as multiples of their thresholds, squeezed below 1. */
export function findingWeight(finding: Finding): number {
  const { effect } = finding;
  const size = Math.abs(effect === undefined ? 0 : effect.value / (effect.threshold || 1));
  return TONE_WEIGHTS[toneOfSeverity(finding.severity)] + size / (1 + size) / 2;
}

/** The values of a drift are bins: the message names the largest, the chart shows them all. */
function findingReason(
  report: DatasetReport,
  finding: Finding,
  place: number,
  showsRows: boolean,
): ReasonItem {
  return {
    key: findingKey(finding, place),
    tone: toneOfSeverity(finding.severity),
    word: WORDS[finding.severity],
    subject: finding.column ?? report.name,
    selects: finding.column,
    rule: finding.rule,
    // What another tool found is not explained by the rule of ours that it is most like.
    explains: finding.source === undefined ? explainRule(finding.rule) : undefined,
    message: finding.message,
    facts: findingFacts(finding),
    samples: isOfDrift(finding) ? [] : finding.samples,
    links: [...rowsLink(report, finding, place, showsRows), ...expectationLink(report, finding)],
    buttons:
      finding.fix === undefined
        ? []
        : [
            {
              title: `Accept: ${finding.fix.title}`,
              message: {
                type: 'run',
                command: 'mlPreflight.data.accept',
                arguments: [report.name, finding.fix.accept],
              },
            },
          ],
  };
}

function findingFacts(finding: Finding): readonly Fact[] {
  const facts: Fact[] = [
    { name: 'Observed', text: finding.observed },
    { name: 'Expected', text: finding.expected },
  ];
  if (finding.effect === undefined) return facts;
  return [...facts, isOfDrift(finding) ? driftFact(finding.effect) : effectFact(finding.effect)];
}

function effectFact({ value, unit, lower, threshold }: Effect): Fact {
  return {
    name: 'Effect',
    text: [
      formatEffect(value, unit),
      ...(lower === undefined ? [] : [`at least ${formatAmount(Math.max(0, lower), unit)}`]),
      ...(threshold === undefined || threshold === 0
        ? []
        : [`threshold ${formatSetting(threshold, unit)}`]),
    ].join(', '),
    exact: `${value} ${unit}`,
  };
}

function driftFact({ value, unit, lower, threshold }: Effect): Fact {
  return {
    name: 'Effect',
    text: [
      unit === 'PSI' ? `PSI ${formatDrift(value, unit)}` : formatDrift(value, unit),
      ...(lower === undefined ? [] : [`at least ${formatDrift(Math.max(0, lower), unit)}`]),
      ...(threshold === undefined
        ? []
        : [`threshold ${formatDrift(threshold, unit, formatSetting)}`]),
    ].join(', '),
    exact: `${value} ${unit}`,
  };
}

/** Rules that compare distributions: their samples are bins, which the message names and the chart shows. */
const DRIFTS: ReadonlySet<string> = new Set(['drift', 'label-drift', 'train-serving-skew']);

/** What another tool calls a drift is measured in units of its own. */
export function isOfDrift({ rule, effect, source }: Finding): boolean {
  return DRIFTS.has(rule) && effect !== undefined && source === undefined;
}

/** How far a distribution moved: a share by points. */
export function formatDrift(
  value: number,
  unit: string,
  format: (value: number, unit: string) => string = formatAmount,
): string {
  switch (unit) {
    case 'share':
      return `${format(100 * value, 'points')} points`;
    case 'ratio':
      return `${format(value, unit)} times`;
    case '\u03c3':
      return `${format(value, unit)} \u03c3`;
    default:
      return format(value, unit);
  }
}

/** An effect with its unit: `PSI 0.564`, `15.4 % of rows`, `44 rows`. */
export function formatEffect(value: number, unit: string): string {
  const amount = formatAmount(value, unit);
  switch (unit) {
    case 'share':
      return `${amount} of rows`;
    case 'count':
      return amount;
    case '\u03c3':
      return `${amount} \u03c3`;
    case 'ratio':
      return `${amount} times`;
    default:
      return `${unit} ${amount}`;
  }
}

/** The same without the unit's name. */
export function formatAmount(value: number, unit: string): string {
  return unit === 'share' ? formatShare(value) : formatNumber(value);
}

/** A threshold: someone chose it, so it is written without digits that were not chosen. */
export function formatSetting(value: number, unit: string): string {
  const amount = Number((unit === 'share' ? 100 * value : value).toPrecision(6));
  return unit === 'share' ? `${amount} %` : String(amount);
}

function explainRule(rule: string): FromView {
  return { type: 'run', command: 'mlPreflight.data.explainRule', arguments: [rule] };
}

function rowsLink(
  { name }: DatasetReport,
  { where }: Finding,
  place: number,
  showsRows: boolean,
): readonly ReasonAction[] {
  if (where === undefined) return [];
  return [
    {
      title: showsRows ? 'Hide Rows' : 'Show Rows',
      message: {
        type: 'run',
        command: 'mlPreflight.data.showRows',
        arguments: [name, String(place)],
      },
    },
  ];
}

/** Where the expectation is written: by another tool, or in the schema; without a committed baseline nowhere. */
function expectationLink(report: DatasetReport, { source }: Finding): readonly ReasonAction[] {
  if (source !== undefined) return placeLinks(source.file, source.line);
  if (report.reference?.source.startsWith('.preflight/') !== true) return [];
  const file = schemaPath(report.name);
  return [{ title: 'Open Schema', message: { type: 'open', file } }];
}
