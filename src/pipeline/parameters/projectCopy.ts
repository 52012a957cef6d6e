import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatNumber } from '../../base/format';
import { failed, ok, type Result } from '../../base/result';
import { isSkippedFolder } from '../../project/files/skippedFolders';
import { statFile } from '../hashing/contentHash';
import { slugOf } from '../ledger/logFiles';
import { listTree } from '../hashing/treeHash';
import type { EditedFile } from './stageSetting';

const FOLDER = 'copies';
/** Copies of each stage that are kept, with the outputs of their runs. */
const COPIES_KEPT = 3;

export interface CopyPlace {
  /** The project's root, absolute. */
  readonly root: string;
  readonly stateFolder: string;
  readonly run: string;
  /** The stage's id. */
  readonly stage: string;
}

/**
 * Copies the project's files into the state folder, with other content for some. What no project needs to run is left
 * out: the repository, Python environments, installed packages. Where the file system can, a copy takes no space until
 * it is changed.
 * Problem `copy-too-large`.
 * @returns the copy, relative to the state folder
 * @throws the file system's error
 */
export async function makeProjectCopy(
  place: CopyPlace,
  edited: readonly EditedFile[],
): Promise<Result<string>> {
  const { root, stateFolder, run, stage } = place;
  const name = `${run}-${slugOf(stage)}`;
  const target = join(stateFolder, FOLDER, name);
  await mkdir(target, { recursive: true });
  await removeOldCopies(join(stateFolder, FOLDER), `-${slugOf(stage)}`);
  const { files, folders } = await listProject(root, stateFolder);
  const bytes = files.reduce((sum, path) => sum + Number(statFile(join(root, path))?.size ?? 0), 0);
  const { bavail, bsize } = await statfs(target);
  if (bytes > bavail * bsize) {
    await rm(target, { recursive: true, force: true });
    return failed({
      code: 'copy-too-large',
      message: `A copy of the project takes ${formatNumber(bytes / 1e9)} GB, more than there is room for.`,
      fix: 'Free some space, or edit the parameter file and run the stage in place.',
    });
  }
  for (const path of folders) await mkdir(join(target, path), { recursive: true });
  for (const path of files) await copyInto(root, target, path);
  for (const { path, content } of edited) await writeFile(join(target, path), content);
  return ok(`${FOLDER}/${name}`);
}

/** Folders too, because a stage may write into one that is empty. */
async function listProject(root: string, stateFolder: string) {
  const prefix = `${root.replaceAll('\\', '/')}/`;
  const state = stateFolder.replaceAll('\\', '/');
  const folders: string[] = [];
  const files = await listTree(root, (path, isFolder) => {
    if (!isFolder) return false;
    const relative = path.replaceAll('\\', '/').slice(prefix.length);
    const slash = relative.lastIndexOf('/');
    const parent = relative.slice(0, Math.max(0, slash));
    if (path === state || isSkippedFolder(parent, relative.slice(slash + 1))) return true;
    folders.push(relative);
    return false;
  });
  return { files, folders };
}

async function copyInto(root: string, target: string, path: string): Promise<void> {
  try {
    await copyFile(join(root, path), join(target, path), constants.COPYFILE_FICLONE);
  } catch (error) {
    // A link to nothing, or a file that was removed meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Makes room for one more; runs are named by their time. */
async function removeOldCopies(folder: string, ending: string): Promise<void> {
  const copies = (await readdir(folder)).filter(
    (name) =>
      name.endsWith(ending) && /^\d{8}T\d{6}Z-[0-9a-f]+$/.test(name.slice(0, -ending.length)),
  );
  for (const name of copies.sort().slice(0, -COPIES_KEPT)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
