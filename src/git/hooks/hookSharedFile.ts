import { realpath, rm } from 'node:fs/promises';
import { failed, ok, type Result } from '../../base/result';
import { addBlock, removeBlock } from './hookBlock';
import { readHookFile, replaceHookFile, type HookFile } from './hookFile';
import type { HookPlace } from './hookPlace';
import { hookScript, type HookProgram } from './hookScript';

/**
 * Puts our script beside the repository's state, and lines that look for it at the end of the hook that the team
 * shares. Problems `hook-not-shell`, `hook-not-executable`.
 */
export async function installSharedHook(
  place: HookPlace,
  program: HookProgram,
): Promise<Result<void>> {
  const existing = await readHookFile(place.path);
  const checked = checkShared(place, existing);
  if (!checked.ok) return checked;
  const script = hookScript(program, { path: place.script });
  await replaceHookFile(place.script, Buffer.from(script), 0o755);
  const text = addBlock(existing?.text);
  if (text !== existing?.text)
    await replaceHookFile(
      await followLink(place.path),
      Buffer.from(text, 'latin1'),
      existing?.mode ?? 0o755,
    );
  return ok(undefined);
}

function checkShared(place: HookPlace, existing: HookFile | undefined): Result<void> {
  const shebang = /^#!.*/.exec(existing?.text ?? '')?.[0];
  if (shebang !== undefined && !/\b(?:ba|da|z|k)?sh\b/.test(shebang)) {
    return failed({
      code: 'hook-not-shell',
      message: `${place.path} is no shell script (${shebang}), so that no line can be added to it.`,
      fix: 'Call `ml-preflight check --staged --hook` from it yourself, and fail where that fails.',
    });
  }
  // husky starts its files with sh; git itself ignores files that are not executable.
  if (existing?.isExecutable === false && place.mechanism !== 'husky') {
    return failed({
      code: 'hook-not-executable',
      message: `${place.path} is not executable: git ignores it, and would run it with our lines.`,
      fix: 'Make it executable if it should run, or remove it.',
    });
  }
  return ok(undefined);
}

/** Takes our lines and our script out; the file has the bytes that it had before. */
export async function uninstallSharedHook(place: HookPlace): Promise<void> {
  const existing = await readHookFile(place.path);
  if (existing !== undefined) {
    const text = removeBlock(existing.text);
    const target = await followLink(place.path);
    if (text === undefined) await rm(target);
    else if (text !== existing.text)
      await replaceHookFile(target, Buffer.from(text, 'latin1'), existing.mode);
  }
  await rm(place.script, { force: true });
}

/** A link stays a link: what it leads to is edited. */
async function followLink(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
