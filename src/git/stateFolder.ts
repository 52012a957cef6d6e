import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { relativeGitPath } from './paths';
import { findRepository } from './repository';

/**
 * Where the local state of a project is kept, absolute; not made yet, and never in the work tree:
 * `<git dir>/preflight`, `<git dir>/preflight/projects/<way to the project>`, or, outside git, the user's cache.
 */
export async function findStateFolder(projectRoot: string): Promise<string> {
  const root = resolve(projectRoot);
  const repository = await findRepository(root);
  if (!repository.ok) return join(userCacheFolder(), 'ml-preflight', 'projects', shortHash(root));
  const folder = join(repository.value.gitDir, 'preflight');
  const prefix = relativeGitPath(repository.value.root, root);
  return prefix === '' ? folder : join(folder, 'projects', folderName(prefix));
}

/** One folder name for a way of several; `%` and `=` are escaped so that no two ways meet. */
function folderName(prefix: string): string {
  const name = prefix.replaceAll('%', '%25').replaceAll('=', '%3D').replaceAll('/', '=');
  return Buffer.byteLength(name) > 200 ? shortHash(prefix) : name;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function userCacheFolder(): string {
  if (process.platform === 'win32')
    return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
