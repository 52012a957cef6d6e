/**
 * Names of columns that differ. Empty names are numbered as pandas does, by their 0-based place: `Unnamed: 0`; the
 * second `a` is `a.1`.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name, index) => {
    const base = name === '' ? `Unnamed: ${index}` : name;
    let unique = base;
    for (let copy = 1; used.has(unique); copy++) unique = `${base}.${copy}`;
    used.add(unique);
    return unique;
  });
}
