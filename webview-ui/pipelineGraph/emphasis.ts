import type { Picture } from './picture';
import type { PlacedEdge } from './placed';
import { reachFrom } from './reach';

/** How much a box or a line stands out. */
export type Weight = 'usual' | 'path' | 'match' | 'dim';

/** What stands out: what a search found, else everything that the selected box builds on or that builds on it. */
export interface Emphasis {
  ofBox(id: string): Weight;
  ofEdge(edge: PlacedEdge): Weight;
}

/** @param found the boxes that a search or filter lets through; undefined where there is none */
export function makeEmphasis(
  picture: Picture,
  selected: string | undefined,
  found: ReadonlySet<string> | undefined,
): Emphasis {
  const above = selected === undefined ? NONE : reachFrom(picture, selected, 'upstream');
  const below = selected === undefined ? NONE : reachFrom(picture, selected, 'downstream');
  const isIn = (ids: ReadonlySet<string>, id: string): boolean => id === selected || ids.has(id);
  const ofBox = (id: string): Weight => {
    if (found !== undefined) return found.has(id) ? 'match' : 'dim';
    if (selected === undefined || id === selected) return 'usual';
    return above.has(id) || below.has(id) ? 'path' : 'dim';
  };
  const ofEdge = ({ from, to }: PlacedEdge): Weight => {
    if (selected === undefined)
      return ofBox(from) === 'dim' || ofBox(to) === 'dim' ? 'dim' : 'usual';
    const isOnPath = [above, below].some((ids) => isIn(ids, from) && isIn(ids, to));
    return isOnPath ? 'path' : 'dim';
  };
  return { ofBox, ofEdge };
}

const NONE: ReadonlySet<string> = new Set();
