import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore from 'ignore';
import { readDvcSection } from '../../project/dvc/dvcConfig';
import type { Ignores } from '../hashing/treeHash';

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
  if (process.platform === 'win32') {
    const folders = [process.env['LOCALAPPDATA'], process.env['PROGRAMDATA']];
    return folders.flatMap((folder) =>
      folder === undefined ? [] : join(folder, 'iterative', 'dvc', 'config'),
    );
  }
  const user =
    process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support', 'dvc', 'config')
      : join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'dvc', 'config');
  return [user, '/etc/xdg/dvc/config'];
}

function readCacheSetting(file: string): string | undefined {
  const { dir } = readDvcSection(readText(file), 'cache');
  return dir?.replace(/^~(?=$|[\\/])/, homedir());
}

/** What DVC leaves out of a folder. */
export interface DvcIgnores {
  readonly ignores: Ignores;
  /** All rules as a text: other rules, another text. */
  readonly rules: string;
}

/**
 * What DVC leaves out of a folder: `.dvcignore` files from the repository's root down to it, version control, and
 * folders that are DVC repositories of their own.
 */
export function readDvcIgnores(repository: DvcRepository | undefined, folder: string): DvcIgnores {
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

/** The rules of every folder, for one reading of the status. */
export class IgnoreRules {
  private readonly known = new Map<string, DvcIgnores>();

  of(repository: DvcRepository | undefined, folder: string): DvcIgnores {
    const ignores = this.known.get(folder) ?? readDvcIgnores(repository, folder);
    this.known.set(folder, ignores);
    return ignores;
  }
}

/** `root`, and every folder on the way to `folder`, which is the last. */
function foldersBetween(root: string, folder: string): readonly string[] {
  const steps = relative(root, folder).split(sep).filter(Boolean);
  if (steps[0] === '..') return [root];
  return [root, ...steps.map((_, index) => join(root, ...steps.slice(0, index + 1)))];
}

function readLines(file: string): readonly string[] {
  return readText(file).split(/\r?\n/);
}

/** Empty where there is no file that can be read. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
