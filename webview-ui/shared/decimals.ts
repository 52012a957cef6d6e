/** A number as it is written, in the parts that stand below each other in a column. */
export interface WrittenNumber {
  /** `\u22121,234` */
  readonly whole: string;
  /** `.5`, `.22e-6`, or nothing. */
  readonly fraction: string;
  /** ` %`, ` points`, or nothing. */
  readonly unit: string;
}

/** `12.5 %` into `12`, `.5` and ` %`; what is not a number is all whole. */
export function splitNumber(text: string): WrittenNumber {
  const match = /^([^\d]?[\d,]+)(\.\d+(?:e[+-]?\d+)?)?(\s.*)?$/.exec(text);
  const [, whole = text, fraction = '', unit = ''] = match ?? [];
  return { whole, fraction, unit };
}

/** The longest fraction of several numbers, in characters. */
export function longestFraction(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => splitNumber(text).fraction.length));
}

/** What to write, unseen, after a fraction so that it is as wide as the longest: digits are equally wide. */
export function fractionFiller(fraction: string, longest: number): string {
  if (longest === 0) return '';
  return fraction === '' ? `.${'0'.repeat(longest - 1)}` : '0'.repeat(longest - fraction.length);
}
