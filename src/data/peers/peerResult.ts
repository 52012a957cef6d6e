import type { Result } from '../../base/result';
import { MOST_SAMPLES } from '../checks/check';
import type { Effect, Finding, Severity } from '../finding';
import { showValue } from './json';
import type { ProtoMessage } from './protoText';

/** What another tool's file says of a dataset. */
export interface PeerResult {
  /** `Great Expectations`. */
  readonly tool: string;
  /** The suite, schema or table that the tool names; results of the same one replace each other. */
  readonly suite?: string;
  /** When the tool judged, in milliseconds since the epoch, where the file says it. */
  readonly time?: number;
  readonly findings: readonly Finding[];
  /** How many checks passed, or did not apply; they are not listed. */
  readonly passed: number;
}

/** Where a result stands, and whose dataset it is about. */
export interface PeerPlace {
  /** The dataset's name. */
  readonly dataset: string;
  /** Relative to the project's root. */
  readonly file: string;
}

export type PeerContent =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'proto'; readonly value: ProtoMessage };

/** The results of one tool: a file here and a line in `peerReaders.ts`. Pure. */
export interface PeerReader {
  readonly tool: string;
  /** Undefined where the content is not of this tool. */
  read(content: PeerContent, place: PeerPlace): Result<PeerResult> | undefined;
}

/** One failed check, as a reader finds it. */
export interface PeerFailure {
  /** Our rule where it is the same thing, else the tool's own name for it; that is written in kebab-case. */
  readonly rule: string;
  readonly severity: Severity;
  readonly column?: string | undefined;
  /** What the tool calls the check: `expect_column_to_exist`. */
  readonly check: string;
  /** What happened, without the tool; ends in a point. */
  readonly what: string;
  readonly observed?: string | undefined;
  readonly expected?: string | undefined;
  readonly effect?: Effect | undefined;
  readonly samples?: readonly unknown[] | undefined;
  /** 1-based line in the file. */
  readonly line?: number | undefined;
}

export function findingOf(tool: string, place: PeerPlace, failure: PeerFailure): Finding {
  const { column, effect, line } = failure;
  return {
    rule: kebabCase(failure.rule),
    severity: failure.severity,
    dataset: place.dataset,
    ...(column === undefined ? {} : { column }),
    message: `${tool} (${showValue(failure.check)}): ${failure.what}`,
    observed: failure.observed ?? 'failed',
    expected: failure.expected ?? 'passed',
    ...(effect === undefined ? {} : { effect }),
    samples: distinctTexts(failure.samples ?? []),
    source: { tool, file: place.file, ...(line === undefined ? {} : { line }) },
  };
}

function distinctTexts(values: readonly unknown[]): readonly string[] {
  const texts = new Set<string>();
  for (const value of values) {
    if (value !== null && value !== undefined) texts.add(showValue(value));
    if (texts.size === MOST_SAMPLES) break;
  }
  return [...texts];
}

/** `expect_column_to_exist`, `TestColumnDrift` and `Percent Of Nulls` as rules are named: only letters and digits. */
export function kebabCase(name: string): string {
  const parts = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
  return parts.join('-').slice(0, 100) || 'unnamed';
}

/** Of the bounds of a range, those that are there: `from 0 to 120`, `at least 0`. */
export function showBounds(
  min: unknown,
  max: unknown,
  strict: { readonly min?: boolean; readonly max?: boolean } = {},
): string | undefined {
  const hasMin = min !== null && min !== undefined;
  const hasMax = max !== null && max !== undefined;
  const low = `${strict.min === true ? 'more than' : 'at least'} ${showValue(min)}`;
  const high = `${strict.max === true ? 'less than' : 'at most'} ${showValue(max)}`;
  if (hasMin && hasMax) {
    const isPlain = strict.min !== true && strict.max !== true;
    return isPlain ? `${showValue(min)} to ${showValue(max)}` : `${low} and ${high}`;
  }
  if (hasMin) return low;
  return hasMax ? high : undefined;
}
