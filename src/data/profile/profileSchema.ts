import * as z from 'zod';
import type { Profile } from './profile';

/** A profile as it is kept in a file: what a reader of somebody else's bytes has to check. */

const count = z.number().int().min(0);

const histogram = z.object({ edges: z.array(z.number()), counts: z.array(count) });

const category = z.object({ value: z.string(), count });

const column = z.object({
  name: z.string(),
  type: z.enum(['boolean', 'integer', 'number', 'string', 'date', 'timestamp', 'other']),
  nativeType: z.string(),
  nulls: count,
  nans: count,
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
  ownHistogram: z.exactOptional(histogram),
  range: z.exactOptional(z.object({ min: z.string(), max: z.string() })),
  categories: z.exactOptional(z.array(category)),
  misfits: z.exactOptional(z.array(category)),
  distinct: z.exactOptional(count),
  unique: z.exactOptional(z.literal(true)),
});

export const profileSchema: z.ZodType<Profile> = z.object({
  rows: count,
  columns: z.array(column),
  exact: z.boolean(),
});
