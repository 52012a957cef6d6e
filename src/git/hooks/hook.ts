import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { hasBlock } from './hookBlock';
import { readHookFile, type HookFile } from './hookFile';
import { installOwnHook, isOurs, legacyPath, uninstallOwnHook } from './hookOwnFile';
import { findHookPlace, hooksFolder, listWorkTrees, type HookPlace } from './hookPlace';
import { probeHook } from './hookProbe';
import { readProgram, type HookProgram } from './hookScript';
import { installSharedHook, uninstallSharedHook } from './hookSharedFile';
import type { Repository } from '../repository';

/** Whether `git commit` asks the gate in a repository. */
export interface HookStatus {
  readonly installed: boolean;
  readonly mechanism: HookPlace['mechanism'];
  /** The file that holds the gate, or would; absolute. */
  readonly path: string;
  /** Whether git was seen to run it; absent where that was not tried. */
  readonly fires?: boolean;
  /** Why it may not run, or not everywhere. */
  readonly problems: readonly Problem[];
}

/** Reads files only. Problems `hooks-path-foreign`, and those of git. */
export async function hookStatus(repository: Repository): Promise<Result<HookStatus>> {
  const place = await findHookPlace(repository);
  return place.ok ? ok(await describeHook(repository, place.value)) : place;
}

/** Installs the gate, or brings its paths up to date. Problems also where a hook that is there cannot be kept. */
export async function installHook(
  repository: Repository,
  program: HookProgram,
): Promise<Result<HookStatus>> {
  return changeHook(repository, (place) =>
    place.mechanism === 'hooks-folder'
      ? installOwnHook(place, program)
      : installSharedHook(place, program),
  );
}

/** Takes the gate out; what was there before is there again, byte by byte. */
export async function uninstallHook(repository: Repository): Promise<Result<HookStatus>> {
  return changeHook(repository, async (place) => {
    if (place.mechanism === 'hooks-folder') await uninstallOwnHook(place);
    else await uninstallSharedHook(place);
    return ok(undefined);
  });
}

async function changeHook(
  repository: Repository,
  change: (place: HookPlace) => Promise<Result<void>>,
): Promise<Result<HookStatus>> {
  const place = await findHookPlace(repository);
  if (!place.ok) return place;
  try {
    const changed = await change(place.value);
    if (!changed.ok) return changed;
  } catch (error) {
    const message = `${place.value.path} cannot be changed: ${(error as Error).message}.`;
    return failed({ code: 'hook-unwritable', message });
  }
  return ok(await describeHook(repository, place.value));
}

/** Proves that a commit in this work tree would ask the gate, by having git run the hook without a commit. */
export async function verifyHook(repository: Repository): Promise<Result<HookStatus>> {
  const status = await hookStatus(repository);
  if (!status.ok || !status.value.installed) return status;
  const { fires, said } = await probeHook(repository);
  const silent: Problem = {
    code: 'hook-silent',
    message: `git did not run the gate${said === '' ? '' : `; the last that it said: ${said}`}.`,
    fix: `Look at what stands before it in ${status.value.path}, or install it again.`,
  };
  const problems = fires ? status.value.problems : [silent, ...status.value.problems];
  return ok({ ...status.value, fires, problems });
}

async function describeHook(repository: Repository, place: HookPlace): Promise<HookStatus> {
  const { installed, file } = await findInstalled(place);
  const { mechanism, path } = place;
  if (!installed) return { installed, mechanism, path, problems: [] };
  const problems = [
    ...entryProblems(place),
    ...programProblems(file),
    ...(await workTreeProblems(repository)),
  ];
  return { installed, mechanism, path, problems };
}

/** The script that was found, if it is set up to be run. */
async function findInstalled(
  place: HookPlace,
): Promise<{ readonly installed: boolean; readonly file?: HookFile }> {
  const candidates =
    place.mechanism === 'hooks-folder' ? [place.path, legacyPath(place)] : [place.script];
  const shared = place.mechanism === 'hooks-folder' ? undefined : await readHookFile(place.path);
  if (place.mechanism !== 'hooks-folder' && !hasBlock(shared?.text ?? ''))
    return { installed: false };
  for (const candidate of candidates) {
    const file = await readHookFile(candidate);
    if (file !== undefined && isOurs(file.text)) return { installed: true, file };
  }
  return { installed: false };
}

function entryProblems({ entry }: HookPlace): readonly Problem[] {
  if (existsSync(entry)) return [];
  return [
    {
      code: 'hook-silent',
      message: `git runs ${entry}, which is not there, so that no hook runs in this work tree.`,
      fix: 'Run what sets up the hooks of this project here: `npm install`, for husky.',
    },
  ];
}

function programProblems(file: HookFile | undefined): readonly Problem[] {
  if (file === undefined) return [];
  const fix = 'Install the hook again.';
  const program = readProgram(Buffer.from(file.text, 'latin1').toString('utf8'));
  const gone = [program?.cli, program?.node].filter(
    (path) => path !== undefined && !existsSync(path),
  );
  return [
    ...(file.isExecutable
      ? []
      : [{ code: 'hook-not-executable', message: 'git ignores it: it is not executable.', fix }]),
    ...gone.map((path) => ({
      code: 'hook-program-missing',
      message: `It starts ${path}, which is not there any more.`,
      fix,
    })),
  ];
}

/** A relative `core.hooksPath` is one folder per work tree, and husky's is not committed. */
async function workTreeProblems(repository: Repository): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const root of await listWorkTrees(repository)) {
    const folder = root === repository.root ? undefined : await hooksFolder(root);
    if (folder?.ok === true && !existsSync(join(folder.value, 'pre-commit'))) {
      problems.push({
        code: 'hook-silent-in-worktree',
        message: `No hook runs in the work tree ${root}: there is no ${join(folder.value, 'pre-commit')}.`,
        fix: 'Run what sets up the hooks of this project there: `npm install`, for husky.',
      });
    }
  }
  return problems;
}
