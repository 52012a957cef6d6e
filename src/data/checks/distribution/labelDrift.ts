import type { Check } from '../check';
import { findDrift, type DriftRule } from './drift';

/** Half of what counts in a feature: what a model predicts by default is the share of its classes. */
const LABEL: DriftRule = {
  rule: 'label-drift',
  points: 0.05,
  compares: ({ dataset }, { name }) => name === dataset.label,
};

/** The distribution of the declared label changed: its classes by points, rare ones by ratio, numbers by their shift. */
export const labelDrift: Check = {
  rule: LABEL.rule,
  find: (context) => findDrift(context, LABEL),
};
