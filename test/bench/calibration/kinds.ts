import { normalTail } from '../../../src/data/statistics/normal';
import { categories, continuous, mostlyNull, ties, type DrawPair } from './columnPairs';

/** A kind of column of the grid. */
export interface ColumnKind {
  readonly name: string;
  readonly drawPair: DrawPair;
}

/** Weights 1, 1/2, 1/3 … */
export function zipf(size: number): readonly number[] {
  return Array.from({ length: size }, (_, at) => 1 / (at + 1));
}

/** As many of each make a table of 50 columns. */
export const KINDS: readonly ColumnKind[] = [
  { name: 'normal or lognormal', drawPair: continuous() },
  { name: 'Poisson(2)', drawPair: ties(poisson(2), true) },
  { name: 'normal in steps of 0.5 σ', drawPair: ties(roundedNormal(0.5), false) },
  {
    name: '90 % one number',
    drawPair: ties([18, ...zipf(50).map((weight) => weight / 2.25)], true),
  },
  { name: 'constant', drawPair: ties([1], true) },
  { name: '95 % null', drawPair: mostlyNull(0.05, continuous()) },
  { name: 'Zipf of 2', drawPair: categories(zipf(2)) },
  { name: 'Zipf of 10', drawPair: categories(zipf(10)) },
  { name: 'Zipf of 50', drawPair: categories(zipf(50)) },
  { name: 'Zipf of 200', drawPair: categories(zipf(200)) },
];

export const COLUMNS = 50;

function poisson(mean: number): readonly number[] {
  let weight = Math.exp(-mean);
  return Array.from({ length: 25 }, (_, at) => (at === 0 ? weight : (weight *= mean / at)));
}

/** The chances of the multiples of a step from -5 to 5 standard deviations. */
function roundedNormal(step: number): readonly number[] {
  const size = Math.round(10 / step) + 1;
  return Array.from({ length: size }, (_, at) => {
    const centre = -5 + at * step;
    return normalTail(centre - step / 2) - normalTail(centre + step / 2);
  });
}
