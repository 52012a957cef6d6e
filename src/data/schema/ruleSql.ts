import { relationSql } from './relation';
import type { Schema } from './schema';

/**
 * The SQL expressions that a schema wants counted on every row, over the columns' own names: the user's rules, then the
 * relations. A rule's facts are found again by this text.
 */
export function ruleSqls({ rules = [], relations = [] }: Schema): readonly string[] {
  const all = [
    ...rules.map(({ sql }) => sql),
    ...relations.flatMap((relation) => {
      const sql = relationSql(relation);
      return sql.ok ? [sql.value] : [];
    }),
  ];
  return [...new Set(all)];
}
