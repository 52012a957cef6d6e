import type { Finding, Severity } from '../../finding';
import type { TextProfile } from '../../profile/profile';
import { knownColumns, quote, silencing, type CheckContext, type KnownColumn } from '../check';
import { formatPart } from '../increase';

/** What `number-as-text` and `date-as-text` have in common: a column of texts that are all of another type. */

/** With fewer rows, texts may look like numbers by chance. */
const LEAST_ROWS = 20;

/** Of the values that are not spellings of nothing. */
const LEAST_SHARE = 0.99;

export interface TextAs {
  readonly rule: string;
  readonly kind: 'numbers' | 'dates';
}

/** A warning where the reference is not so; in a first look it is only said, for codes are digits too. */
export function findTextAs(context: CheckContext, as: TextAs): readonly Finding[] {
  return knownColumns(context).flatMap((column): Finding[] => {
    const { current, reference, schema } = column;
    const text = current.text;
    if (current.type !== 'string' || text === undefined || !isNearlyAll(text, as.kind)) return [];
    // Another expected type is the matter of type-changed; text that somebody has asked for is meant as text.
    if (schema.type !== undefined && (schema.type !== 'string' || context.confirmed)) return [];
    if (context.reference === undefined) {
      return [describe(context, column, text, as, 'info')];
    }
    const past = reference?.text;
    if (past === undefined || isNearlyAll(past, as.kind)) return [];
    return [describe(context, column, text, as, 'warning')];
  });
}

function isNearlyAll(text: TextProfile, kind: TextAs['kind']): boolean {
  const total = othersThanNothing(text);
  return total >= LEAST_ROWS && text[kind] >= LEAST_SHARE * total;
}

function othersThanNothing({ examined, nullWords }: TextProfile): number {
  return examined.rows - nullWords.reduce((sum, { count }) => sum + count, 0);
}

function describe(
  { dataset }: CheckContext,
  { name }: KnownColumn,
  text: TextProfile,
  { rule, kind }: TextAs,
  severity: Severity,
): Finding {
  const now = { count: text[kind], total: othersThanNothing(text) };
  const nothing = text.nullWords.slice(0, 3).map(({ value }) => quote(value));
  const but = nothing.length === 0 ? '' : `, beside ${nothing.join(', ')}`;
  return {
    rule,
    severity,
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} is text, but ${formatPart(now)} of its values are ${kind}${but}.`,
    observed: `text, ${formatPart(now)} ${kind}`,
    expected: `a column of ${kind}, or text`,
    effect: { value: now.count / now.total, unit: 'share', threshold: LEAST_SHARE },
    samples: text.patterns.slice(0, 5).map(({ value }) => value),
    fix: silencing(rule, name),
    where: { kind: 'misfit', column: name, type: kind === 'numbers' ? 'number' : 'timestamp' },
  };
}
