import type { ColumnSchema, Schema } from '../schema/schema';
import type { ColumnProfile, ColumnShape, Profile, ProfileShape } from './profile';

/** What current data has to be counted on to be compared with a reference and judged by a schema. */
export function shapeFor(reference: Profile | undefined, schema: Schema | undefined): ProfileShape {
  const shape = new Map<string, ColumnShape>();
  for (const column of reference?.columns ?? []) shape.set(column.name, shapeOfProfile(column));
  for (const column of schema?.columns ?? []) {
    shape.set(column.name, demandedShape(column, shape.get(column.name)));
  }
  return shape;
}

function shapeOfProfile({ histogram, categories }: ColumnProfile): ColumnShape {
  return {
    ...(histogram === undefined ? {} : { edges: histogram.edges }),
    ...(categories === undefined ? {} : { categories: categories.map(({ value }) => value) }),
  };
}

function demandedShape(
  { type, values, pattern }: ColumnSchema,
  known: ColumnShape = {},
): ColumnShape {
  const categories = [...new Set([...(known.categories ?? []), ...(values ?? [])])];
  return {
    ...known,
    ...(categories.length === 0 ? {} : { categories }),
    ...(type === undefined ? {} : { type }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}
