import { createHash } from 'node:crypto';

/** Files that are measured together, and what identifies their content. */
export interface Part {
  readonly files: readonly string[];
  /** Their paths in the project, in their order. */
  readonly names?: readonly string[];
  readonly contentId?: string;
}

/** More files than this are measured in as many groups, for each costs some milliseconds. */
const MOST_PARTS = 64;

export function wholePart(files: readonly string[], names: readonly string[] = files): Part {
  return { files, names };
}

/**
 * The parts of a dataset: its files, or where they are many, groups of them that their paths choose: a file that is
 * added or changed concerns its own group only, and the others stay as they are.
 * @param fileIds identify the content of each file
 */
export function partFiles(
  files: readonly string[],
  fileIds: readonly string[] | undefined,
  names: readonly string[] = files,
): readonly Part[] {
  if (fileIds === undefined || files.length === 1) return [wholePart(files, names)];
  const described = files.map((path, index) => ({
    path,
    name: names[index] ?? path,
    id: fileIds[index] ?? '',
  }));
  if (files.length <= MOST_PARTS)
    return described.map(({ path, name, id }) => ({ files: [path], names: [name], contentId: id }));
  const groups = new Map<number, typeof described>();
  for (const file of described) {
    const group = groupOf(file.path);
    groups.set(group, [...(groups.get(group) ?? []), file]);
  }
  return [...groups.values()].map((group) => ({
    files: group.map(({ path }) => path),
    names: group.map(({ name }) => name),
    contentId: digest(group.map(({ id }) => id).join('\n')).toString('hex'),
  }));
}

function groupOf(path: string): number {
  return (digest(path)[0] ?? 0) % MOST_PARTS;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
