import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, ok, type Result } from '../../base/result';
import { copyHookFile, readHookFile, replaceHookFile } from './hookFile';
import type { HookPlace } from './hookPlace';
import { hookScript, MARKER, type HookProgram } from './hookScript';

/** The hook that was there before ours keeps its content under this name, beside it. */
const PREVIOUS = '.before-ml-preflight';

/**
 * Puts our script where git looks for the hook. A hook that was there is copied first and run first: at every moment of
 * this, git finds the old hook or the new one. Problem `hook-backup-exists`.
 */
export async function installOwnHook(
  place: HookPlace,
  program: HookProgram,
): Promise<Result<void>> {
  const previous = `${place.path}${PREVIOUS}`;
  const [existing, kept] = await Promise.all([readHookFile(place.path), readHookFile(previous)]);
  const isForeign = existing !== undefined && !isOurs(existing.text);
  if (isForeign && kept !== undefined && kept.text !== existing.text) {
    return failed({
      code: 'hook-backup-exists',
      message: `${previous} is still there from an earlier installation, and ${place.path} is another hook now.`,
      fix: `Remove ${previous} if nobody needs it.`,
    });
  }
  if (isForeign) await copyHookFile(place.path, previous);
  const chained = isForeign || kept !== undefined ? { previous: basename(previous) } : {};
  const script = hookScript(program, { path: place.path, ...chained });
  await replaceHookFile(place.path, Buffer.from(script), 0o755);
  return ok(undefined);
}

/** Puts back what was there before. A hook that is not ours stays, and so does a copy that it may need. */
export async function uninstallOwnHook(place: HookPlace): Promise<void> {
  const previous = `${place.path}${PREVIOUS}`;
  const [existing, kept] = await Promise.all([readHookFile(place.path), readHookFile(previous)]);
  if (existing !== undefined && !isOurs(existing.text)) {
    // An installation that was killed after its copy.
    if (kept?.text === existing.text) await rm(previous);
    return;
  }
  if (kept !== undefined) await rename(previous, place.path);
  else await rm(place.path, { force: true });
}

export function isOurs(text: string): boolean {
  return text.includes(MARKER) && text.includes('check --staged --hook');
}

/** Another manager that took the hook's place keeps ours under its own name, and still runs it (pre-commit does). */
export function legacyPath(place: HookPlace): string {
  return join(dirname(place.path), 'pre-commit.legacy');
}
