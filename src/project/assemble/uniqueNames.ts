import { folderOf } from '../files/paths';

/** Something that is to be named after its path, unless it has been given a name. */
export interface Nameable {
  readonly name?: string;
  readonly path: string;
}

/**
 * A name for each item: the given one, else the stem; the item nearest to the root keeps it, others have as much of
 * their folder before it as makes them unique, else a number. Every name is safe as the name of a file on any system.
 */
export function uniqueNames(
  items: readonly Nameable[],
  stem: (path: string) => string,
): readonly string[] {
  const taken = new Set(items.flatMap(({ name }) => (name === undefined ? [] : [fold(name)])));
  const names = new Map<Nameable, string>();
  // Nearest first, so that a new file deep down does not rename the one that has a schema and a baseline.
  for (const item of [...items].sort((a, b) => depth(a.path) - depth(b.path))) {
    const own = safe(stem(item.path));
    const free = candidates(item.path, own).find((candidate) => !taken.has(fold(candidate)));
    const chosen = item.name ?? free ?? numbered(own, taken);
    taken.add(fold(chosen));
    names.set(item, chosen);
  }
  return items.map((item) => names.get(item) ?? item.path);
}

function depth(path: string): number {
  return path.split('/').length;
}

/** `train`, `raw-train`, `data-raw-train`. */
function candidates(path: string, own: string): readonly string[] {
  const folders = folderOf(path)
    .split('/')
    .filter((folder) => folder !== '.');
  return [own, ...folders.map((_, index) => safe([...folders.slice(-index - 1), own].join('-')))];
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(fold(`${name}-${number}`))) number++;
  return `${name}-${number}`;
}

/** Two names that differ in case only are one file on some systems. */
function fold(name: string): string {
  return name.toLowerCase();
}

/** Letters, digits, `.`, `_` and `-`; no dot at either end, no name that Windows reserves. */
function safe(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(-100);
  if (plain === '') return 'unnamed';
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain;
}
