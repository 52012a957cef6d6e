import type { PairAsk } from '../../profile/pairAsk';
import { DATA, type SourceColumn } from '../source';
import { canonicalValue } from './canonicalValue';

/**
 * SQL of the rows of one of two datasets as they are compared: `features`, a 64-bit hash of what a model learns from;
 * `labelled`, one with the label; `label`, `key` and `grouped` as text, `time`. Missing values are the same as missing ones.
 */
export function selectPairRows(sources: readonly SourceColumn[], ask: PairAsk): string {
  const features = ask.features.map((column) => canonicalValue(sources, column));
  const label = canonicalValue(sources, ask.label);
  const text = (column: PairAsk['key']): string => `(${canonicalValue(sources, column)})::VARCHAR`;
  const hash = (values: readonly string[]): string =>
    values.length === 0 ? 'NULL::UBIGINT' : `hash(${values.join(', ')})`;
  return `SELECT ${hash(features)} AS features, ${hash([...features, label])} AS labelled,
    (${label})::VARCHAR AS label, ${text(ask.key)} AS key, ${text(ask.group)} AS grouped,
    (${canonicalValue(sources, ask.time)})::TIMESTAMP AS time FROM ${DATA}`;
}

/** The relations of such rows. */
export const OWN = 'own_rows';
export const TRAIN = 'train_rows';
