import type { Finding } from '../../finding';
import { valueCount, type ColumnProfile, type ColumnType } from '../../profile/profile';
import { columnPath } from '../../schema/schemaEdit';
import {
  accepting,
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  type Check,
  type CheckContext,
} from '../check';

const RULE = 'type-changed';

/** A column's values are of another type than expected. Whole numbers are numbers, and dates are timestamps. */
export const typeChanged: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context)
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
        ...(schema.type === undefined
          ? {}
          : { where: { kind: 'misfit', column: name, type: schema.type } as const }),
        fix: accepting(RULE, name, `Expect ${current.type} in ${quote(name)}`, {
          action: 'set',
          path: columnPath(name, 'type'),
          value: current.type,
        }),
      };
    });
}

function fits({ type, misfits }: ColumnProfile, expected: ColumnType | undefined): boolean {
  if (expected === undefined || type === expected) return true;
  // Whole numbers stay whole where they are written as 1.0, as some tools do once one of them is missing.
  if (expected === 'integer') return type === 'number' && misfits === undefined;
  return (
    (expected === 'number' && type === 'integer') || (expected === 'timestamp' && type === 'date')
  );
}
