import { formatNumber, formatSigned } from '../../src/base/format';
import type { Effect } from '../../src/protocol/content';
import type { Fact } from '../shared/facts';
import type { ColumnPair } from './columnPairs';
import { formatDrift, formatSetting, isOfDrift } from './findingReason';
import type { HistogramModel } from './histogramModel';

/** What the drift of a column comes to, in named values. */
export function driftFacts(
  pair: ColumnPair,
  histogram: HistogramModel | undefined,
): readonly Fact[] {
  const effect = driftEffect(pair);
  const drift = histogram?.drift;
  return [
    ...(effect === undefined ? [] : effectFacts(effect)),
    ...(drift === undefined || effect?.unit === 'PSI' ? [] : [numberFact('PSI', drift.psi)]),
    ...(drift === undefined ? [] : [numberFact('Noise floor', drift.noiseFloor)]),
    ...meanFact(pair),
  ];
}

/** What the decision rests on. */
function effectFacts({ value, unit, lower, threshold }: Effect): readonly Fact[] {
  const fact = (name: string, amount: number): Fact => ({
    name,
    text: formatDrift(amount, unit),
    exact: `${amount} ${unit}`,
  });
  return [
    fact(unit === 'PSI' ? 'PSI' : 'Effect', value),
    ...(lower === undefined ? [] : [fact('At least', Math.max(0, lower))]),
    ...(threshold === undefined
      ? []
      : [{ name: 'Threshold', text: formatDrift(threshold, unit, formatSetting) }]),
  ];
}

/** The effect of a drift finding, where there is one. */
export function driftEffect({ findings }: ColumnPair): Effect | undefined {
  return findings.find(isOfDrift)?.effect;
}

function numberFact(name: string, value: number): Fact {
  return { name, text: formatNumber(value), exact: String(value) };
}

/** How far the mean moved, in standard deviations of the reference. */
function meanFact({ reference, current }: ColumnPair): readonly Fact[] {
  const before = reference?.numeric;
  const after = current?.numeric;
  if (before === undefined || after === undefined || before.standardDeviation === 0) return [];
  const moved = (after.mean - before.mean) / before.standardDeviation;
  return [{ name: 'Mean moved', text: `${formatSigned(moved)} \u03c3`, exact: String(moved) }];
}

/** Where things lie on the gauge, as shares of its length. */
export interface Gauge {
  readonly value: number;
  readonly lower: number | undefined;
  readonly threshold: number;
  readonly noiseFloor: number | undefined;
}

/** Undefined where there is no threshold to show the value against. The gauge begins at 0. */
export function driftGauge(
  effect: Effect | undefined,
  noiseFloor: number | undefined,
): Gauge | undefined {
  const threshold = effect?.threshold;
  if (effect === undefined || threshold === undefined) return undefined;
  const end = 1.15 * Math.max(effect.value, 2 * threshold, noiseFloor ?? 0);
  const place = (value: number): number => Math.min(1, Math.max(0, value / end));
  return {
    value: place(effect.value),
    lower: effect.lower === undefined ? undefined : place(effect.lower),
    threshold: place(threshold),
    noiseFloor: noiseFloor === undefined ? undefined : place(noiseFloor),
  };
}
