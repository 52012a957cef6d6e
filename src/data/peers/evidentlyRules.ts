/**
 * Which of our rules a metric or a test of Evidently is, by the name of what it measures without spaces and words such as
 * `Test`: `MissingValueCount` (0.7), `The Number of Missing Values in a Column` (0.6).
 */
export function evidentlyRule(name: string): string {
  const plain = name.replace(/[^A-Za-z]/g, '').toLowerCase();
  return RULES.find(([pattern]) => pattern.test(plain))?.[1] ?? name;
}

/** The first that fits. */
const RULES: readonly (readonly [pattern: RegExp, rule: string])[] = [
  [/missingvalue/, 'nulls-increased'],
  [/drifted?columns?|drift/, 'drift'],
  [/duplicatedrow|duplicaterow/, 'duplicate-rows'],
  [/outlist|outoflist|inlist/, 'category-unknown'],
  [/outrange|outofrange|inrange|^minvalue|^maxvalue/, 'out-of-range'],
  [/regexp/, 'pattern-violated'],
  [/columntypes|columnstype/, 'type-changed'],
  [/^rowcount|numberofrows/, 'row-count-changed'],
  [/constantcolumns?/, 'constant-column'],
  [/emptycolumns?/, 'column-empty'],
];
