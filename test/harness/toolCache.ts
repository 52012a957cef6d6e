import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rename, rm, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { say } from './say';

/** Something big that tests need, installed once per machine into the user's cache. */
export interface CachedTool {
  /** Name and version: `vscode-4.139.1`. */
  readonly name: string;
  /** Fills an empty folder. The folder keeps its path: an environment's scripts may name it. */
  install(folder: string): Promise<void>;
  /** Whether an installed folder can still be used. */
  isWhole(folder: string): Promise<boolean>;
}

/**
 * The folder of a tool, installed first where it is missing or broken. Each installation goes into a folder of its
 * own and becomes the tool by one atomic rename of a link, so that two runs at once never see half of one.
 */
export async function ensureTool(
  tool: CachedTool,
  cacheFolder = join(userCacheFolder(), 'ml-preflight-dev'),
): Promise<string> {
  const link = join(cacheFolder, tool.name);
  if (await isUsable(tool, link)) return realpath(link);
  if (existsSync(link)) say(`${link} is broken; installing it again`);
  await mkdir(cacheFolder, { recursive: true });
  await removeLeftovers(link);
  const folder = `${link}.${randomBytes(4).toString('hex')}`;
  await mkdir(folder);
  try {
    await tool.install(folder);
    if (!(await tool.isWhole(folder)))
      throw new Error(`The installation of ${tool.name} is broken.`);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  if (await isUsable(tool, link)) {
    // Another run was faster: one copy is enough.
    await rm(folder, { recursive: true });
    return realpath(link);
  }
  await pointLinkAt(link, folder);
  return folder;
}

export function userCacheFolder(): string {
  return process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}

async function isUsable(tool: CachedTool, link: string): Promise<boolean> {
  return existsSync(link) && tool.isWhole(await realpath(link));
}

async function pointLinkAt(link: string, folder: string): Promise<void> {
  const fresh = `${folder}.link`;
  await symlink(folder, fresh, 'junction');
  // Windows does not rename over a link to a folder.
  if (process.platform === 'win32') await rm(link, { recursive: true, force: true });
  await rename(fresh, link);
}

/** Removes what killed installations and replaced ones left behind; the young may still be in the making. */
async function removeLeftovers(link: string): Promise<void> {
  const current = existsSync(link) ? await realpath(link) : '';
  const anHourAgo = Date.now() - 3_600_000;
  for (const entry of await readdir(dirname(link))) {
    const path = join(dirname(link), entry);
    if (!entry.startsWith(`${basename(link)}.`) || path === current) continue;
    const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < anHourAgo) await rm(path, { recursive: true, force: true });
  }
}
