import { formatShare } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
import type { TextProfile } from '../../profile/profile';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { certainIncrease, formatPart } from '../increase';

const RULE = 'mixed-types';

/** The largest share of a minority: what is more frequent is two kinds of values on purpose. */
const LARGEST_MINORITY = 0.1;

/** One or two values among so many numbers are a mistake even where nothing is known of the column. */
const MOST_SLIPS = 2;
const LEAST_NUMBERS = 100;

type Kind = 'numbers' | 'dates';

/** Two kinds of values in a column of texts. */
interface Mixture {
  readonly kind: Kind;
  /** Whether it is the numbers (or dates) that are few. */
  readonly few: boolean;
  /** Examined values of the rarer kind, of all. */
  readonly count: number;
  readonly total: number;
}

/**
 * A text column holds a few numbers (or dates) among texts, or a few texts among numbers (or dates), and did not before.
 * In a first look it is only said, but for one or two texts among a hundred numbers or more. A column that should be
 * numbers is the matter of `type-changed`.
 */
export const mixedTypes: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap((column): readonly Finding[] => {
    const { current, schema } = column;
    const text = current.text;
    if (current.type !== 'string' || text === undefined) return [];
    if (schema.type !== undefined && schema.type !== 'string') return [];
    const kinds: readonly Kind[] = ['numbers', 'dates'];
    const mixture = kinds
      .map((kind) => mixtureOf(text, kind))
      .find((each) => each !== undefined && isNew(context, column, each));
    return mixture === undefined ? [] : [describe(context, column, mixture)];
  });
}

function mixtureOf(text: TextProfile, kind: Kind): Mixture | undefined {
  const total = text.examined.rows;
  const few = text[kind] <= total / 2;
  if (!few && areCodes(text)) return undefined;
  const count = few ? text[kind] : othersThan(text, kind);
  return count > 0 && count <= LARGEST_MINORITY * total ? { kind, few, count, total } : undefined;
}

/** Digits without exception: those with leading zeros are no numbers, but nothing else than the others either. */
function areCodes({ patterns }: TextProfile): boolean {
  return patterns.length > 0 && patterns.every(({ value }) => /^9+\+?$/.test(value));
}

/** What says that a value is missing is no value of another kind. */
function othersThan(text: TextProfile, kind: Kind): number {
  const missing = text.nullWords.reduce((sum, { count }) => sum + count, 0);
  return Math.max(0, text.examined.rows - text[kind] - missing);
}

function isNew(
  context: CheckContext,
  { reference }: KnownColumn,
  { kind, few, count, total }: Mixture,
): boolean {
  if (context.reference === undefined) return true;
  const past = reference?.text;
  if (past === undefined) return false;
  const before = { count: few ? past[kind] : othersThan(past, kind), total: past.examined.rows };
  return certainIncrease({ count, total }, before) !== undefined;
}

function severityOf({ reference }: CheckContext, mixture: Mixture): Severity {
  if (reference !== undefined) return 'warning';
  const { kind, few, count, total } = mixture;
  const isSlip = count <= MOST_SLIPS && total - count >= LEAST_NUMBERS;
  return kind === 'numbers' && !few && isSlip ? 'warning' : 'info';
}

function describe(context: CheckContext, { name }: KnownColumn, mixture: Mixture): Finding {
  const { kind, few, count, total } = mixture;
  const minority = few ? kind : `no ${kind}`;
  const part = formatPart({ count, total });
  return {
    rule: RULE,
    severity: severityOf(context, mixture),
    dataset: context.dataset.name,
    column: name,
    message: `${quote(name)} is mostly ${few ? 'text' : kind}, but ${part} of its values are ${minority}.`,
    observed: `${part} ${minority}`,
    expected: `values of one kind, or more than ${formatShare(LARGEST_MINORITY)} of each`,
    effect: { value: count / total, unit: 'share', threshold: 0 },
    samples: [],
    fix: silencing(RULE, name),
    ...(few ? {} : { where: { kind: 'misfit', column: name, type: typeOf(kind) } as const }),
  };
}

function typeOf(kind: Kind): string {
  return kind === 'numbers' ? 'number' : 'timestamp';
}
