import * as z from 'zod';
import type { Profile, RowFacts } from './profile';

/** A profile as it is kept in a file: what a reader of somebody else's bytes has to check. */

export const count = z.number().int().min(0);

export const histogram = z.object({ edges: z.array(z.number()), counts: z.array(count) });

export const category = z.object({ value: z.string(), count });

export const columnType = z.enum([
  'boolean',
  'integer',
  'number',
  'string',
  'date',
  'timestamp',
  'other',
]);

const extremes = z.object({
  minCount: count,
  maxCount: count,
  nextMin: z.exactOptional(z.number()),
  nextMax: z.exactOptional(z.number()),
});

const text = z.object({
  lengths: z.object({ min: count, max: count, mean: z.number().min(0) }),
  padded: count,
  blank: count,
  broken: count,
  examined: z.object({ distinct: count, rows: count, all: z.boolean() }),
  numbers: count,
  dates: count,
  nullWords: z.array(category),
  personal: z.array(
    z.object({ kind: z.enum(['email', 'phone', 'card', 'iban', 'ssn', 'ip']), count }),
  ),
  patterns: z.array(category),
  variants: z.array(z.array(category)),
});

const column = z.object({
  name: z.string(),
  type: columnType,
  nativeType: z.string(),
  nulls: count,
  nans: count,
  infinities: z.exactOptional(count),
  extremes: z.exactOptional(extremes),
  numeric: z.exactOptional(
    z.object({
      min: z.number(),
      max: z.number(),
      mean: z.number(),
      standardDeviation: z.number(),
    }),
  ),
  histogram: z.exactOptional(
    histogram.refine(({ edges, counts }) => counts.length === edges.length + 1, {
      message: 'there must be one more count than edges',
    }),
  ),
  range: z.exactOptional(z.object({ min: z.string(), max: z.string() })),
  categories: z.exactOptional(z.array(category)),
  misfits: z.exactOptional(z.array(category)),
  misfitCount: z.exactOptional(count),
  distinct: z.exactOptional(z.object({ count, error: z.number().min(0) })),
  patternMisses: z.exactOptional(count),
  unique: z.exactOptional(z.literal(true)),
  text: z.exactOptional(text),
});

const strength = { score: z.number(), auc: z.exactOptional(z.number()) };

const keyFacts = z.object({
  columns: z.array(z.string()),
  duplicates: count,
  nulls: count,
  samples: z.array(category),
});

export const factsSchema: z.ZodType<RowFacts> = z.object({
  duplicates: z.exactOptional(count),
  key: z.exactOptional(keyFacts),
  uniques: z.exactOptional(z.array(keyFacts)),
  label: z.exactOptional(
    z.object({
      column: z.string(),
      changes: count,
      conflicting: count,
      classes: z.exactOptional(z.array(category)),
      associations: z.array(
        z.object({ ...strength, column: z.string(), missing: z.exactOptional(z.object(strength)) }),
      ),
    }),
  ),
  correlations: z.exactOptional(
    z.object({
      columns: z.array(z.string()),
      values: z.array(z.number().nullable()),
      rows: count,
      pairRows: z.exactOptional(z.array(count)),
    }),
  ),
  cells: z.exactOptional(
    z.object({
      columns: z.array(z.string()),
      trees: z.array(
        z
          .object({
            cuts: z.array(z.object({ column: count, above: z.number() })),
            counts: z.array(count),
          })
          .refine(({ cuts, counts }) => counts.length === cuts.length + 1),
      ),
    }),
  ),
  rules: z.exactOptional(
    z.array(
      z.object({
        sql: z.string(),
        failed: count,
        rows: count,
        problem: z.exactOptional(z.string()),
      }),
    ),
  ),
  references: z.exactOptional(
    z.array(
      z.object({
        column: z.string(),
        dataset: z.string(),
        missing: count,
        samples: z.array(category),
      }),
    ),
  ),
});

export const fileFacts = z.object({
  delimiter: z.string(),
  quote: z.exactOptional(z.string()),
  lineEnding: z.enum(['lf', 'crlf', 'cr', 'mixed']),
  bom: z.boolean(),
  encoding: z.string(),
});

export const profileSchema: z.ZodType<Profile> = z.object({
  rows: count,
  columns: z.array(column),
  exact: z.boolean(),
  facts: z.exactOptional(factsSchema),
  files: z.exactOptional(fileFacts),
});
