import * as z from 'zod';
import { canonicalJson } from '../../base/canonicalJson';
import { failed, ok, type Result } from '../../base/result';
import type { Baseline } from './baseline';
import {
  LISTED_CATEGORIES,
  type ColumnProfile,
  type Profile,
  type RowFacts,
} from '../profile/profile';
import { profileSchema } from '../profile/profileSchema';

const baselineSchema = z.object({ version: z.literal(1), profile: profileSchema });

/** Reads a committed baseline; problem `baseline-invalid`. */
export function parseBaseline(text: string, file: string): Result<Baseline> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return invalid(file, `it is not JSON (${String(error)})`);
  }
  const checked = baselineSchema.safeParse(value);
  if (checked.success) return ok(checked.data);
  const [issue] = checked.error.issues;
  return invalid(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function invalid(file: string, why: string): Result<Baseline> {
  return failed({
    code: 'baseline-invalid',
    message: `The baseline cannot be read: ${why}.`,
    file,
    line: 1,
    fix: 'Restore it from git, or write it again with "ml-preflight validate --write-baseline".',
  });
}

/** The baseline file of a profile: canonical JSON, the same bytes for the same data. */
export function formatBaseline({ rows, columns, exact, facts, files }: Profile): string {
  const kept = facts === undefined ? {} : { facts: keepFacts(facts) };
  return canonicalJson({
    version: 1,
    profile: {
      rows,
      columns: columns.map(keep),
      exact,
      ...kept,
      ...(files === undefined ? {} : { files }),
    },
  });
}

/** What is compared later; not what was asked for only to judge this data. */
function keep(column: ColumnProfile): ColumnProfile {
  const { misfits, misfitCount, patternMisses, categories, ...kept } = column;
  void misfits;
  void misfitCount;
  void patternMisses;
  if (categories === undefined) return kept;
  return {
    ...kept,
    categories: categories.filter(({ count }) => count > 0).slice(0, LISTED_CATEGORIES),
  };
}

/**
 * What the schema demands is judged anew each time, by the schema of that time; what a column tells of the label, by
 * itself. No key is written down.
 */
function keepFacts({ uniques, rules, references, key, label, ...kept }: RowFacts): RowFacts {
  void uniques;
  void rules;
  void references;
  return {
    ...kept,
    ...(key === undefined ? {} : { key: { ...key, samples: [] } }),
    ...(label === undefined ? {} : { label: { ...label, associations: [] } }),
  };
}
