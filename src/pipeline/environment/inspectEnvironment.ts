import { readlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { EnvironmentPlace } from './environmentPlace';
import { findExecutable, isExecutable } from './findExecutable';
import type { PythonEnvironment } from './pythonEnvironment';
import { exists, isFolder, readSmallFile } from './readSmallFile';

/**
 * The environment that is in a place, read from its files. Problems: `environment-missing` where there is none,
 * `environment-broken` where what is left of it cannot start.
 */
export async function inspectEnvironment(
  place: EnvironmentPlace,
): Promise<Result<PythonEnvironment>> {
  const { path } = place;
  const isInterpreter = !(await isFolder(path)) && (isPythonName(path) || (await exists(path)));
  const prefix = isInterpreter ? prefixOf(path) : path;
  const kind = await kindOf(prefix);
  const python = isInterpreter ? path : await findPythonIn(binsOf(prefix));
  if (!isInterpreter && kind === 'system' && (place.bare !== true || python === undefined)) {
    return failed(missing(place));
  }
  if (python === undefined || !(await isExecutable(python))) {
    return failed(await explainAbsence(place, prefix, python));
  }
  const home = await pythonHome(prefix);
  if (home !== undefined && !(await exists(home))) {
    const why = `it was made with the Python in ${home}, which is not there any more`;
    return failed(broken(place, why));
  }
  const { evidence, owner } = place;
  const bin = dirname(resolve(python));
  const onPath = owner === 'path' ? ({ isOnPath: true } as const) : {};
  return ok({ python: resolve(python), bin, prefix, kind, ...onPath, evidence });
}

/** For one that is not there any more. */
function isPythonName(path: string): boolean {
  return /^(?:python|pypy)[\w.-]*$/i.test(basename(path));
}

/** An interpreter stands in `bin` (POSIX), `Scripts` (Windows), or the folder itself (conda on Windows). */
function prefixOf(python: string): string {
  const bin = dirname(resolve(python));
  return ['bin', 'Scripts'].includes(basename(bin)) ? dirname(bin) : bin;
}

function binsOf(prefix: string): readonly string[] {
  return process.platform === 'win32' ? [join(prefix, 'Scripts'), prefix] : [join(prefix, 'bin')];
}

/** The interpreter in the first of these folders that has one. */
export async function findPythonIn(folders: readonly string[]): Promise<string | undefined> {
  return (await findExecutable('python3', folders)) ?? (await findExecutable('python', folders));
}

async function kindOf(prefix: string): Promise<PythonEnvironment['kind']> {
  if (await exists(join(prefix, 'pyvenv.cfg'))) return 'venv';
  return (await exists(join(prefix, 'conda-meta'))) ? 'conda' : 'system';
}

/** The folder of the Python that a virtual environment was made with. https://docs.python.org/3/library/venv.html */
async function pythonHome(prefix: string): Promise<string | undefined> {
  const config = await readSmallFile(join(prefix, 'pyvenv.cfg'));
  return /^home\s*=\s*(.+?)\s*$/m.exec(config ?? '')?.[1];
}

async function explainAbsence(
  place: EnvironmentPlace,
  prefix: string,
  python: string | undefined,
): Promise<Problem> {
  if (!(await exists(prefix))) return missing(place);
  const bin = binsOf(prefix)[0] ?? prefix;
  const links = python === undefined ? [join(bin, 'python3'), join(bin, 'python')] : [python];
  for (const link of links) {
    const target = await followLinks(link);
    if (target === link) continue;
    return broken(place, `its interpreter was ${target}, which is not there any more`);
  }
  return broken(place, 'there is no interpreter in it');
}

/** Where a chain of links ends: `python` -> `python3` -> `/opt/python3`, which was removed. */
async function followLinks(link: string): Promise<string> {
  let end = link;
  // As many as Linux follows.
  for (let count = 0; count < 40; count++) {
    const next = await readlink(end).catch(() => undefined);
    if (next === undefined) break;
    end = resolve(dirname(end), next);
  }
  return end;
}

function missing({ path, evidence, create }: EnvironmentPlace): Problem {
  return {
    code: 'environment-missing',
    message: `${evidence}: there is no Python environment ${path}.`,
    ...(create === undefined ? {} : { fix: `Make it: ${create}` }),
  };
}

function broken({ path, evidence, create }: EnvironmentPlace, why: string): Problem {
  const again = create ?? `python3 -m venv --clear '${basename(path)}'`;
  return {
    code: 'environment-broken',
    message: `${evidence}: ${path} does not start: ${why}.`,
    fix: `Make it again: ${again}`,
  };
}
