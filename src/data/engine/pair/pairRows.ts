import type { PairAsk } from '../../profile/pairAsk';
import { DATA, type SourceColumn } from '../source';
import { canonicalValue } from './canonicalValue';

/** The relations of such rows. */
export const OWN = 'own_rows';
export const TRAIN = 'train_rows';

/**
 * SQL of the rows of one of two datasets as they are compared: `features`, a 64-bit hash of what a model learns from;
 * `labelled`, one with the label; `label`, `key` and `grouped` as text; `time0`, `time1`, … Missing values are the same as
 * missing ones.
 */
export function selectPairRows(sources: readonly SourceColumn[], ask: PairAsk): string {
  const label = canonicalValue(sources, ask.label);
  const text = (column: PairAsk['key']): string => `(${canonicalValue(sources, column)})::VARCHAR`;
  const fields = [
    `${hashFeatures(sources, ask)} AS features`,
    `hash(${[...featureValues(sources, ask), label].join(', ')}) AS labelled`,
    `(${label})::VARCHAR AS label`,
    `${text(ask.key)} AS key`,
    `${text(ask.group)} AS grouped`,
    ...(ask.times ?? []).map(
      (column, index) => `(${canonicalValue(sources, column)})::TIMESTAMP AS ${timeField(index)}`,
    ),
  ];
  return `SELECT ${fields.join(', ')} FROM ${DATA}`;
}

export function timeField(index: number): string {
  return `time${index}`;
}

export function hashFeatures(sources: readonly SourceColumn[], ask: PairAsk): string {
  const values = featureValues(sources, ask);
  return values.length === 0 ? 'NULL::UBIGINT' : `hash(${values.join(', ')})`;
}

export function featureValues(
  sources: readonly SourceColumn[],
  { features }: PairAsk,
): readonly string[] {
  return features.map((column) => canonicalValue(sources, column));
}
