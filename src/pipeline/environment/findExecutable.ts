import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Absolute path of a program in the first of these folders that has it; undefined where none has. */
export async function findExecutable(
  name: string,
  folders: readonly string[],
): Promise<string | undefined> {
  const names =
    process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, `${name}.bat`] : [name];
  for (const path of folders.flatMap((folder) => names.map((file) => join(folder, file)))) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The folders of PATH; relative ones are left out, because they mean another folder in every place. */
export function searchPath(env: NodeJS.ProcessEnv): readonly string[] {
  return (env[pathName(env)] ?? '')
    .split(delimiter)
    .filter((folder) => /^(?:\/|[A-Za-z]:|\\\\)/.test(folder));
}

/** Windows writes it `Path`. */
export function pathName(env: NodeJS.ProcessEnv): string {
  return Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
}
