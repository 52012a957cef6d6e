import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../../base/escape';
import type { ProfileShape } from '../../profile/profile';
import { DataError } from '../dataError';
import { DATA } from '../source';
import type { MeasuredColumn } from './measuredColumn';
import { selectNumbers } from './selectNumbers';

/**
 * Of the columns with a pattern, the values that do not match it as a whole; by name.
 * @throws DataError where a pattern is none for RE2
 */
export async function countPatternMisses(
  connection: DuckDBConnection,
  columns: readonly MeasuredColumn[],
  shape: ProfileShape | undefined,
): Promise<ReadonlyMap<string, number>> {
  const misses = new Map<string, number>();
  for (const { id, name, type } of columns) {
    const pattern = shape?.get(name)?.pattern;
    if (pattern === undefined || type === 'other') continue;
    const matches = `regexp_full_match(${id}::VARCHAR, ${quoteLiteral(pattern)})`;
    try {
      const [count] = await selectNumbers(connection, DATA, [
        `count(*) FILTER (WHERE NOT ${matches})`,
      ]);
      misses.set(name, count ?? 0);
    } catch (error) {
      throw explainPattern(name, pattern, error);
    }
  }
  return misses;
}

/** What RE2 says is written for people; other failures are not the pattern's. */
function explainPattern(name: string, pattern: string, error: unknown): unknown {
  const text = error instanceof Error ? error.message : String(error);
  const [, reason] = /^Invalid Input Error: (.*)/.exec(text) ?? [];
  if (reason === undefined) return error;
  return new DataError({
    code: 'pattern-invalid',
    message: `The pattern "${pattern.slice(0, 100)}" of the column "${name}" cannot be read: ${reason}.`,
    fix: 'Correct it in the schema: patterns are written as RE2 has them.',
  });
}
