import type { Shape } from './shapes';
import { isMap } from './writeOptions';

/** Whether plain data are as DVC takes them: quicker than `checkShape`, which says where they are not. */
export function fitsShape(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'anything':
      return true;
    case 'text':
      return typeof value === 'string';
    case 'switch':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'map':
      return isMap(value);
    case 'nothing':
      return value === null;
    default:
      return fitsParts(value, shape);
  }
}

function fitsParts(value: unknown, shape: Exclude<Shape, string>): boolean {
  if ('list' in shape) {
    return Array.isArray(value) && value.every((item) => fitsShape(item, shape.list));
  }
  if ('either' in shape) return shape.either.some((one) => fitsShape(value, one));
  if (!isMap(value)) return false;
  if ('each' in shape) return Object.values(value).every((inner) => fitsShape(inner, shape.each));
  const { entries, required = [] } = shape;
  return (
    required.every((key) => Object.hasOwn(value, key)) &&
    Object.entries(value).every(([key, inner]) => {
      const wanted = Object.hasOwn(entries, key) ? entries[key] : undefined;
      return wanted !== undefined && fitsShape(inner, wanted);
    })
  );
}
