import type { Finding } from '../../finding';
import type { PairCheck, PairContext } from '../pairCheck';
import { describeShared } from './sharedValues';

const RULE = 'group-overlap';

/** Rows of one group (a patient, a user) are in the dataset and in the training data. */
export const groupOverlap: PairCheck = { rule: RULE, find };

function find(context: PairContext): readonly Finding[] {
  const { groups } = context.facts;
  if (groups === undefined || groups.shared === 0) return [];
  const consequence = 'What the model knows of them from training makes it look better than it is.';
  const words = { rule: RULE, severity: 'error', noun: 'group', plural: 'groups' } as const;
  return [describeShared(context, groups, { ...words, consequence })];
}
