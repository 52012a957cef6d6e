import { formatShare } from '../../base/format';
import type { Finding } from '../finding';
import type { TextProfile } from '../profile/profile';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from './check';
import { certainIncrease, formatPart } from './increase';

const RULE = 'mixed-types';

/** The largest share of a minority: what is more frequent is two kinds of values on purpose. */
const LARGEST_MINORITY = 0.1;

/** From this share on, values that are something else make a column that is nearly all numbers. */
const NEARLY_ALL = 0.99;

type Kind = 'numbers' | 'dates';

/**
 * A text column holds a few numbers (or dates) among texts, or a few texts among numbers (or dates), and did not before.
 * A column that should be numbers is the matter of `type-changed`; one that nearly is, that of `number-as-text`.
 */
export const mixedTypes: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap((column): readonly Finding[] => {
    const { current, schema } = column;
    const text = current.text;
    if (current.type !== 'string' || text === undefined) return [];
    if (schema.type !== undefined && schema.type !== 'string') return [];
    const kinds: readonly Kind[] = ['numbers', 'dates'];
    return kinds.flatMap((kind) => judge(context, column, text, kind)).slice(0, 1);
  });
}

function judge(
  { dataset, reference }: CheckContext,
  column: KnownColumn,
  text: TextProfile,
  kind: Kind,
): Finding[] {
  const { name } = column;
  const total = text.examined.rows;
  const few = text[kind] <= total / 2;
  const count = few ? text[kind] : othersThan(text, kind);
  const share = total === 0 ? 0 : count / total;
  if (count === 0 || share > LARGEST_MINORITY || (!few && share <= 1 - NEARLY_ALL)) return [];
  const past = column.reference?.text;
  if (reference !== undefined) {
    if (past === undefined) return [];
    const before = few ? past[kind] : othersThan(past, kind);
    const increase = certainIncrease(
      { count, total },
      { count: before, total: past.examined.rows },
    );
    if (increase === undefined) return [];
  }
  const one = kind === 'numbers' ? 'numbers' : 'dates';
  const minority = few ? one : `no ${one}`;
  const majority = few ? 'text' : one;
  const part = formatPart({ count, total });
  return [
    {
      rule: RULE,
      // Free text may hold numbers; what is nearly all numbers is read as text because of a few values.
      severity: reference === undefined && few ? 'info' : 'warning',
      dataset: dataset.name,
      column: name,
      message: `${quote(name)} is mostly ${majority}, but ${part} of its values are ${minority}.`,
      observed: `${part} ${minority}`,
      expected: `values of one kind, or more than ${formatShare(LARGEST_MINORITY)} of each`,
      effect: { value: share, unit: 'share', threshold: 0 },
      samples: [],
      fix: silencing(RULE, name),
      ...(few
        ? {}
        : {
            where: {
              kind: 'misfit',
              column: name,
              type: kind === 'numbers' ? 'number' : 'timestamp',
            } as const,
          }),
    },
  ];
}

/** What says that a value is missing is no value of another kind. */
function othersThan(text: TextProfile, kind: Kind): number {
  const missing = text.nullWords.reduce((sum, { count }) => sum + count, 0);
  return Math.max(0, text.examined.rows - text[kind] - missing);
}
