import type { CategoryCount, TextProfile } from '../profile';
import { byFrequency } from '../mergeMeasures';
import { isDateText, isNumberText } from './textKinds';
import { isNullWord } from './nullWords';
import { personalKindOf } from './personal';
import { findVariants } from './variants';

type Examination = Pick<
  TextProfile,
  'numbers' | 'dates' | 'nullWords' | 'personal' | 'patterns' | 'variants'
>;

const MOST_PATTERNS = 10;
const MOST_NULL_WORDS = 20;

/**
 * What texts look like, by their distinct values with the rows that hold them.
 * @param all whether these are all values: only then can it be told which of them are written in two ways
 */
export function examineTexts(values: readonly CategoryCount[], all: boolean): Examination {
  const rowsOf = (test: (text: string) => boolean): number =>
    values.reduce((sum, { value, count }) => sum + (test(value) ? count : 0), 0);
  return {
    numbers: rowsOf(isNumberText),
    dates: rowsOf(isDateText),
    nullWords: values
      .filter(({ value }) => isNullWord(value))
      .sort(byFrequency)
      .slice(0, MOST_NULL_WORDS),
    personal: countBy(values, personalKindOf).map(({ value, count }) => ({ kind: value, count })),
    patterns: countBy(values, patternOf).slice(0, MOST_PATTERNS),
    variants: all ? findVariants(values) : [],
  };
}

function countBy<Key extends string>(
  values: readonly CategoryCount[],
  keyOf: (text: string) => Key | undefined,
): { readonly value: Key; readonly count: number }[] {
  const counts = new Map<Key, number>();
  for (const { value, count } of values) {
    const key = keyOf(value);
    if (key !== undefined) counts.set(key, count + (counts.get(key) ?? 0));
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort(byFrequency);
}

/** Shapes of longer texts are runs: `A+ a+`. */
const LONGEST_EXACT = 16;
const LONGEST_PATTERN = 40;

function patternOf(text: string): string {
  const shape = text
    .slice(0, 200)
    .replace(/\p{Lu}/gu, 'A')
    .replace(/[\p{L}\p{M}]/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
    .replace(/\p{N}/gu, '9');
  const short = shape.length <= LONGEST_EXACT ? shape : shape.replace(/([Aa9])\1+/g, '$1+');
  return short.length <= LONGEST_PATTERN ? short : `${short.slice(0, LONGEST_PATTERN - 1)}…`;
}
