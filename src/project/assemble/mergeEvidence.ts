import type { Evidence } from '../../base/evidence';

/** All evidence in the order given, each place once. */
export function mergeEvidence(...lists: readonly (readonly Evidence[])[]): readonly Evidence[] {
  const places = new Map<string, Evidence>();
  for (const evidence of lists.flat()) {
    const place = `${evidence.file}:${evidence.line}`;
    if (!places.has(place)) places.set(place, evidence);
  }
  return [...places.values()];
}
