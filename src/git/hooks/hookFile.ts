import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  copyFile,
  lstat,
  mkdir,
  open,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname } from 'node:path';

/** A hook file that is there. */
export interface HookFile {
  /** latin1: every byte as one character. */
  readonly text: string;
  readonly mode: number;
  /** Whether git would run it; always true on Windows, where files have no such bit. */
  readonly isExecutable: boolean;
}

export async function readHookFile(path: string): Promise<HookFile | undefined> {
  try {
    const [text, { mode }] = await Promise.all([readFile(path, 'latin1'), stat(path)]);
    return { text, mode, isExecutable: await isExecutable(path) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Replaces a hook at once: git sees the old file or the new one, with its mode, at every moment. */
export async function replaceHookFile(path: string, content: Buffer, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await viaTemporary(path, async (temporary) => {
    const handle = await open(temporary, 'w', mode);
    try {
      await handle.writeFile(content);
      // The mode of `open` is cut by the umask, which must not take the executable bit.
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** A second copy with the same bytes and mode; a symbolic link stays the link that it is. */
export async function copyHookFile(from: string, to: string): Promise<void> {
  const isLink = (await lstat(from)).isSymbolicLink();
  await viaTemporary(to, async (temporary) => {
    if (isLink) await symlink(await readlink(from), temporary);
    else await copyFile(from, temporary);
  });
}

async function viaTemporary(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
