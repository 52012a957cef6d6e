import * as z from 'zod';
import type { PartMeasures } from './measures';
import { category, columnType, count, fileFacts, histogram } from './profileSchema';

/** Measures as they are kept in a file: what a reader of somebody else's bytes has to check. */

const numbers = z.object({
  count,
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  deviation: z.number().min(0),
  minCount: count,
  maxCount: count,
  nextMin: z.exactOptional(z.number()),
  nextMax: z.exactOptional(z.number()),
  histogram,
});

const texts = z.object({
  count,
  minLength: count,
  maxLength: count,
  totalLength: count,
  padded: count,
  blank: count,
  broken: count,
});

const column = z.object({
  name: z.string(),
  type: columnType,
  nativeType: z.string(),
  nulls: count,
  nans: count,
  infinities: count,
  values: z.exactOptional(
    z.object({
      level: count,
      entries: z.array(z.tuple([z.union([z.string(), z.number()]), count, count])),
    }),
  ),
  numbers: z.exactOptional(numbers),
  asked: z.exactOptional(z.array(category)),
  texts: z.exactOptional(texts),
  range: z.exactOptional(z.object({ min: z.string(), max: z.string() })),
  misfits: z.exactOptional(z.object({ count, listed: z.array(category) })),
  patternMisses: z.exactOptional(count),
});

export const partSchema: z.ZodType<PartMeasures> = z.object({
  rows: count,
  columns: z.array(column),
  files: z.exactOptional(fileFacts),
});
