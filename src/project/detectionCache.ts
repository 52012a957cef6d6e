/**
 * What was derived from files, kept between detections by a host that detects again and again. Everything is checked
 * against the texts that it was derived from; nothing is believed because of a time stamp.
 */
export class DetectionCache {
  private readonly entries = new Map<string, Entry>();
  private readonly listings = new Map<string, Listing>();
  private generation = 0;

  /** A number that is another one whenever the list of a project's files is. */
  listingOf(root: string, paths: readonly string[]): number {
    const known = this.listings.get(root);
    if (known !== undefined && isSameList(known.paths, paths)) return known.number;
    const listing = { paths, number: (known?.number ?? 0) + 1 };
    this.listings.set(root, listing);
    return listing.number;
  }

  /** The value of this key, where it is still valid. */
  find(key: string): Entry | undefined {
    const known = this.entries.get(key);
    if (known !== undefined) known.generation = this.generation;
    return known;
  }

  keep(key: string, entry: Omit<Entry, 'generation'>): void {
    this.entries.set(key, { ...entry, generation: this.generation });
  }

  /** Forgets what the last detection did not ask for: its files are gone. */
  endDetection(): void {
    for (const [key, { generation }] of this.entries) {
      if (generation < this.generation) this.entries.delete(key);
    }
    this.generation += 1;
  }
}

interface Entry {
  /** The texts that the value was derived from, by path; undefined for what could not be read. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** The list of files that it was derived from; undefined where it does not depend on it. */
  readonly listing: number | undefined;
  readonly value: unknown;
  generation: number;
}

interface Listing {
  readonly paths: readonly string[];
  readonly number: number;
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path, at) => path === b[at]);
}
