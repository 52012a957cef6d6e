import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore from 'ignore';
import type { Ignores } from '../treeHash';

/** The folder with `.dvc` that a dvc.yaml belongs to. All paths are absolute. */
export interface DvcRepository {
  readonly root: string;
  readonly cacheFolder: string;
}

/** The nearest folder upwards that `dvc init` made. */
export function findDvcRepository(folder: string): DvcRepository | undefined {
  if (statSync(join(folder, '.dvc'), { throwIfNoEntry: false })?.isDirectory() === true) {
    return { root: folder, cacheFolder: findCacheFolder(folder) };
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findDvcRepository(parent);
}

/** `cache.dir` of the first configuration that has it (https://dvc.org/doc/command-reference/config#cache). */
function findCacheFolder(root: string): string {
  const own = join(root, '.dvc');
  for (const file of [join(own, 'config.local'), join(own, 'config'), ...sharedConfigs()]) {
    const folder = readCacheSetting(file);
    if (folder !== undefined) return resolve(dirname(file), folder);
  }
  return join(own, 'cache');
}

function sharedConfigs(): readonly string[] {
  if (process.platform === 'win32') return [];
  const user =
    process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support', 'dvc', 'config')
      : join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'dvc', 'config');
  return [user, '/etc/xdg/dvc/config'];
}

function readCacheSetting(file: string): string | undefined {
  let section = '';
  for (const line of readLines(file)) {
    const header = /^\s*\[\s*'?(.*?)'?\s*\]\s*$/.exec(line)?.[1];
    if (header !== undefined) section = header;
    const value = /^\s*dir\s*=\s*(.+?)\s*$/.exec(line)?.[1];
    if (section === 'cache' && value !== undefined) return value;
  }
  return undefined;
}

/**
 * What DVC leaves out of a folder: `.dvcignore` files from the repository's root down to it, version control, and
 * folders that are DVC repositories of their own.
 */
export function readDvcIgnores(
  repository: DvcRepository | undefined,
  folder: string,
): { readonly ignores: Ignores; readonly rules: string } {
  const root = repository?.root ?? folder;
  const written = foldersBetween(root, folder).map((place) => ({
    place,
    lines: readLines(join(place, '.dvcignore')).map((line) => line.trim()),
  }));
  written.unshift({ place: root, lines: ['.hg/', '.git/', '.git', '.dvc/'] });
  const rules = written.map(({ place, lines }) => ({ place, rule: ignore().add([...lines]) }));
  const ignores: Ignores = (path, isFolder) => {
    if (isFolder && existsSync(join(path, '.dvc'))) return true;
    return rules.some(({ place, rule }) => {
      const inPlace = relative(place, path).split(sep).join('/');
      if (inPlace === '' || inPlace.startsWith('..')) return false;
      return rule.ignores(isFolder ? `${inPlace}/` : inPlace);
    });
  };
  return { ignores, rules: JSON.stringify(written) };
}

/** `root`, and every folder on the way to `folder`, which is the last. */
function foldersBetween(root: string, folder: string): readonly string[] {
  const steps = relative(root, folder).split(sep).filter(Boolean);
  if (steps[0] === '..') return [root];
  return [root, ...steps.map((_, index) => join(root, ...steps.slice(0, index + 1)))];
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
