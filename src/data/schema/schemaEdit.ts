/** An edit of a schema file, as data: what a finding offers to make itself go away. */

export type EditValue =
  | string
  | number
  | boolean
  | readonly EditValue[]
  | { readonly [key: string]: EditValue };

export type SchemaEdit =
  /** Writes a value; maps on the way are made where they are missing. */
  | { readonly action: 'set'; readonly path: EditPath; readonly value: EditValue }
  /** Adds to a list what it does not hold yet; the list is made where it is missing. */
  | { readonly action: 'append'; readonly path: EditPath; readonly values: readonly string[] }
  /** Takes away a key; where values are given, only those from a list. */
  | { readonly action: 'remove'; readonly path: EditPath; readonly values?: readonly string[] };

/** Keys from the root: `['columns', 'age', 'nulls']`; of a list, the place of an item: `['rules', '0']`. */
export type EditPath = readonly string[];

/** One demand on one column. */
export function columnPath(column: string, key: string): EditPath {
  return ['columns', column, key];
}

/** Silences a rule, for a column or for the whole dataset. */
export function allowRule(rule: string, column?: string): SchemaEdit {
  const path = column === undefined ? ['allow'] : columnPath(column, 'allow');
  return { action: 'append', path, values: [rule] };
}

/** To two digits, downwards; 0 to 1. */
export function roundDown(share: number): number {
  return Number((1 - roundUp(1 - share)).toPrecision(12));
}

/** To two digits, upwards: what is accepted now should not be refused for its last digit the next time. */
export function roundUp(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2));
}
