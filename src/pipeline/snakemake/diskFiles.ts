import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowFiles } from '../../project/snakemake/workflow';

/** Larger ones are no Snakefile and no configuration. */
const LARGEST_TEXT = 5 * 1024 * 1024;
/** More files than this are not listed for `glob_wildcards`. */
const MOST_FILES = 200_000;

/** The files of a project as they are on the disk. */
export function diskFiles(root: string): WorkflowFiles {
  return {
    readText: async (path) => {
      try {
        const absolute = join(root, path);
        if (statSync(absolute).size > LARGEST_TEXT) return undefined;
        return (await readFile(absolute, 'utf8')).replace(/^\uFEFF/, '');
      } catch {
        return undefined;
      }
    },
    list: (folder) => {
      const files: string[] = [];
      const isWhole = listInto(root, folder === '.' ? '' : folder, files);
      return isWhole ? files : undefined;
    },
  };
}

/** Links to folders are not followed, as in Snakemake. */
function listInto(root: string, folder: string, files: string[]): boolean {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return true;
  }
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (files.length >= MOST_FILES) return false;
    if (!entry.isDirectory()) files.push(path);
    else if (entry.name !== '.git' && entry.name !== '.snakemake' && !listInto(root, path, files))
      return false;
  }
  return true;
}
