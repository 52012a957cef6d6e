import { folderOf } from './paths';

/** Something that is to be named after its path, unless it has been given a name. */
export interface Nameable {
  readonly name?: string;
  readonly path: string;
}

/**
 * A name for each item, in their order: the given one, else the stem, with as much of the folder before it as makes it
 * unique, else with a number. Every name is safe as the name of a file on any system.
 */
export function uniqueNames(
  items: readonly Nameable[],
  stem: (path: string) => string,
): readonly string[] {
  const taken = new Set(items.flatMap(({ name }) => (name === undefined ? [] : [fold(name)])));
  const wanted = countBy(items, ({ name, path }) =>
    name === undefined ? fold(safe(stem(path))) : '',
  );
  return items.map(({ name, path }) => {
    if (name !== undefined) return name;
    const own = safe(stem(path));
    const unique = candidates(path, own, (wanted.get(fold(own)) ?? 0) > 1).find(
      (candidate) => !taken.has(fold(candidate)),
    );
    const chosen = unique ?? numbered(own, taken);
    taken.add(fold(chosen));
    return chosen;
  });
}

/** `train`, `raw-train`, `data-raw-train`; the plain one is left out where several would want it. */
function candidates(path: string, own: string, contested: boolean): readonly string[] {
  const folders = folderOf(path)
    .split('/')
    .filter((folder) => folder !== '.');
  const longer = folders.map((_, index) => safe([...folders.slice(-index - 1), own].join('-')));
  return contested && longer.length > 0 ? longer : [own, ...longer];
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
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(-100);
  if (plain === '') return 'unnamed';
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain;
}

function countBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
