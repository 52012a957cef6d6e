import {
  baseName,
  extensionOf as lastExtensionOf,
  folderOf,
  stemOf as pathStem,
} from '../files/paths';

/** This many files that differ in their numbers only are one thing in parts. */
const SHORTEST_SERIES = 4;
/** A folder with more files of one kind is one thing, whatever they are called. */
const MOST_FILES_OF_A_KIND = 40;
/** Where there are more folders of one kind, they are one thing with everything above them. */
const MOST_FOLDERS_OF_A_KIND = 20;

/**
 * The paths, with what is in many files (`part-0001.csv`, `2024-01.parquet`, a folder of thousands) as one glob; with
 * the first file that each stands for.
 */
export function joinSeries(
  paths: readonly string[],
): readonly { readonly path: string; readonly first: string }[] {
  const groups = groupBy(paths, (path) => `${folderOf(path)}\n${extensionOf(path)}`);
  const joined = [...groups.values()].flatMap((group) =>
    group.length > MOST_FILES_OF_A_KIND ? [folderGlob(group)] : joinNumbered(group),
  );
  return joinFolders(joined);
}

interface Series {
  readonly path: string;
  readonly first: string;
}

function folderGlob(group: readonly string[]): Series {
  const first = group[0] ?? '';
  return { path: inFolder(folderOf(first), `*${extensionAsWritten(first)}`), first };
}

function joinNumbered(group: readonly string[]): readonly Series[] {
  const bySeries = groupBy(group, (path) => stemOf(path).replace(/\d+/g, '0'));
  return [...bySeries.values()].flatMap((series) => {
    const first = series[0] ?? '';
    if (series.length < SHORTEST_SERIES) return series.map((path) => ({ path, first: path }));
    // What all have in common stays: `sales_2024-*.csv`.
    const stem = commonPattern(series.map(stemOf));
    return [{ path: inFolder(folderOf(first), `${stem}${extensionAsWritten(first)}`), first }];
  });
}

/** The numbers that differ become stars. */
function commonPattern(stems: readonly string[]): string {
  const split = stems.map((stem) => stem.split(/(\d+)/));
  const pattern = (split[0] ?? []).map((part, index) =>
    split.every((parts) => parts[index] === part) ? part : '*',
  );
  return pattern.join('').replace(/\*(?:[-_.]?\*)+/g, '*');
}

// Many folders side by side (`data/part=1/*.parquet`, …) are one glob over all of them.
function joinFolders(series: readonly Series[]): readonly Series[] {
  const levels = groupBy(
    series.filter((one) => one.path.includes('*')),
    (one) => `${folderOf(folderOf(one.path))}\n${extensionOf(one.path)}`,
  );
  const joined = new Map<Series, Series>();
  for (const group of levels.values()) {
    const [first] = group;
    if (first === undefined || group.length <= MOST_FOLDERS_OF_A_KIND) continue;
    const above = folderOf(folderOf(first.path));
    const path = inFolder(above, `**/*${extensionAsWritten(first.path)}`);
    for (const one of group) joined.set(one, { path, first: first.first });
  }
  const kept = new Map(
    series.map((one) => [joined.get(one)?.path ?? one.path, joined.get(one) ?? one]),
  );
  return kept.size === series.length ? series : joinFolders([...kept.values()]);
}

/** Of what is packed, both: `.csv.gz`. */
function extensionOf(path: string): string {
  const last = lastExtensionOf(path);
  const isPacked = last === '.gz' || last === '.zst';
  return isPacked ? `${lastExtensionOf(path.slice(0, -last.length))}${last}` : last;
}

function stemOf(path: string): string {
  const name = baseName(path);
  const extension = extensionOf(path);
  return extension === '' ? pathStem(path) : name.slice(0, -extension.length);
}

function extensionAsWritten(path: string): string {
  return baseName(path).slice(stemOf(path).length);
}

function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

function groupBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
