import type { Finding } from '../finding';
import { valueCount, type ColumnProfile, type ColumnType } from '../profile/profile';
import { accepting, knownColumns, listValues, MOST_SAMPLES, quote, type Check } from './check';

const RULE = 'type-changed';

/** A column's values are of another type than expected. Whole numbers are numbers, and dates are timestamps. */
export const typeChanged: Check = (context) =>
  knownColumns(context)
    .filter(
      ({ current, schema }) =>
        valueCount(context.current, current) > 0 && !fits(current, schema.type),
    )
    .map(({ name, current, schema }): Finding => {
      const samples = (current.misfits ?? []).slice(0, MOST_SAMPLES).map(({ value }) => value);
      const because = samples.length === 0 ? '' : `: ${listValues(samples.map(quote))}`;
      return {
        rule: RULE,
        severity: 'error',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} is ${current.type} where ${schema.type} was expected${because}.`,
        observed: `${current.type} (${current.nativeType})`,
        expected: schema.type ?? 'any type',
        samples,
        fix: accepting(RULE, name, `Expect ${current.type} in ${quote(name)}`),
      };
    });

function fits({ type, misfits }: ColumnProfile, expected: ColumnType | undefined): boolean {
  if (expected === undefined || type === expected) return true;
  // Whole numbers stay whole where they are written as 1.0, as some tools do once one of them is missing.
  if (expected === 'integer') return type === 'number' && misfits === undefined;
  return (
    (expected === 'number' && type === 'integer') || (expected === 'timestamp' && type === 'date')
  );
}
