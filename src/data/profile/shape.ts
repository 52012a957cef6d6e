import type { ColumnShape, Profile, ProfileShape } from './profile';
import type { Schema } from '../schema/schema';

/** What current data has to be counted on to be compared with a reference and judged by a schema. */
export function shapeFor(reference: Profile | undefined, schema: Schema | undefined): ProfileShape {
  const shape = new Map<string, ColumnShape>();
  for (const { name, histogram, categories } of reference?.columns ?? []) {
    shape.set(name, {
      ...(histogram === undefined ? {} : { edges: histogram.edges }),
      ...(categories === undefined ? {} : { categories: categories.map(({ value }) => value) }),
    });
  }
  for (const { name, type, values, pattern } of schema?.columns ?? []) {
    const known = shape.get(name);
    const categories = [...new Set([...(known?.categories ?? []), ...(values ?? [])])];
    shape.set(name, {
      ...known,
      ...(categories.length === 0 ? {} : { categories }),
      ...(type === undefined ? {} : { type }),
      ...(pattern === undefined ? {} : { pattern }),
    });
  }
  return shape;
}
