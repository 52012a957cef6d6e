import type { Finding } from '../../finding';
import type { Profile } from '../../profile/profile';
import type { PairCheck, PairContext } from '../pairCheck';
import { describeShared } from './sharedValues';

const RULE = 'key-overlap';
const WORDS = { rule: RULE, noun: 'key', plural: 'keys' };

/** Rows of the dataset have the key of a training row: they are the same thing. */
export const keyOverlap: PairCheck = { rule: RULE, find };

function find(context: PairContext): readonly Finding[] {
  const { keys } = context.facts;
  if (keys === undefined || keys.shared === 0) return [];
  if (isNumberedAnew(context, keys.column)) {
    const consequence =
      'The rows of both are numbered from the same number on: this key tells no row of one from one of the other.';
    return [describeShared(context, keys, { ...WORDS, severity: 'info', consequence })];
  }
  const consequence = 'The model was trained on what it is tested with.';
  return [describeShared(context, keys, { ...WORDS, severity: 'error', consequence })];
}

/** Whether the key counts the rows of each dataset, 0, 1, 2, …, from the same number on. */
function isNumberedAnew({ current, train }: PairContext, key: string): boolean {
  const own = countedFrom(current, key);
  return own !== undefined && own === countedFrom(train.profile, key);
}

function countedFrom({ rows, columns }: Profile, key: string): number | undefined {
  const column = columns.find(({ name }) => name === key);
  if (column?.unique !== true || column.numeric === undefined || column.nulls > 0) return undefined;
  const { min, max } = column.numeric;
  return max - min === rows - 1 ? min : undefined;
}
