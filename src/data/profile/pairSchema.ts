import * as z from 'zod';
import type { PairFacts } from './pairFacts';
import { category, count } from './profileSchema';

/** The facts of two datasets as they are kept in a file. */

const shared = z.object({
  column: z.string(),
  shared: count,
  of: count,
  rows: count,
  samples: z.array(category),
});

const ends = z.object({ first: z.string(), last: z.string() });

export const pairSchema: z.ZodType<PairFacts> = z.object({
  overlap: z.exactOptional(
    z.object({
      columns: z.array(z.string()),
      rows: count,
      withLabel: z.exactOptional(count),
      of: count,
      train: count,
      once: z.object({ own: count, train: count }),
      samples: z.array(category),
    }),
  ),
  keys: z.exactOptional(shared),
  groups: z.exactOptional(shared),
  times: z.exactOptional(
    z.array(
      z.object({
        column: z.string(),
        train: ends,
        own: ends,
        before: count,
        of: count,
        trainRows: count,
        later: z.number(),
      }),
    ),
  ),
  labels: z.exactOptional(
    z.object({
      column: z.string(),
      rows: count,
      of: count,
      different: count,
      samples: z.array(category),
      known: z.array(category),
    }),
  ),
});
