import type { FileIndex } from '../files/fileIndex';
import { folderOf } from '../files/paths';
import { readOptionWriting } from './dvcConfig';
import type { OptionWriting } from './writeOptions';

/**
 * How the nearest DVC repository above a folder writes maps into commands; `config.local`, which git does not have,
 * wins over `config`.
 */
export async function readConfiguredWriting(
  files: FileIndex,
  folder: string,
): Promise<OptionWriting> {
  const repository = nearestRepository(files, folder);
  const names = repository === undefined ? [] : ['config', 'config.local'];
  const read = names.map((name) => files.readText(`${repository}${name}`));
  const texts = (await Promise.all(read)).flatMap((text) => (text.ok ? [text.value] : []));
  return readOptionWriting(texts);
}

/** With a slash at the end. */
function nearestRepository(files: FileIndex, folder: string): string | undefined {
  const own = folder === '.' ? '.dvc/' : `${folder}/.dvc/`;
  if (files.hasFolder(own.slice(0, -1))) return own;
  return folder === '.' ? undefined : nearestRepository(files, folderOf(folder));
}
