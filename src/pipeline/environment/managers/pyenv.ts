import { dirname, join } from 'node:path';
import { expandHome, type EnvironmentHost } from '../environmentHost';
import type { EnvironmentPlace } from '../environmentPlace';
import { isFolder, listFolder, readSmallFile } from '../readSmallFile';

/**
 * pyenv: the version that PYENV_VERSION or the nearest `.python-version` names, which may be an environment of
 * pyenv-virtualenv; `3.12` is the newest installed 3.12. https://github.com/pyenv/pyenv#understanding-python-version-selection
 * @param isGlobal whether the person's own default counts too, as it does for pyenv's commands on PATH
 */
export async function pyenvPlaces(
  folder: string,
  host: EnvironmentHost,
  isGlobal: boolean,
): Promise<readonly EnvironmentPlace[]> {
  const root = pyenvRoot(host);
  if (!(await isFolder(root))) return [];
  const named = await namedVersions(folder, root, host, isGlobal);
  const places: EnvironmentPlace[] = [];
  for (const version of named?.versions ?? []) {
    if (version === 'system' || /[/\\]|^\.\.?$/.test(version)) continue;
    const installed = await resolveVersion(root, version);
    places.push({
      owner: 'pyenv',
      evidence: named?.evidence ?? '',
      path: join(root, 'versions', installed ?? version),
      bare: true,
      create: `pyenv install ${version}`,
    });
  }
  return places;
}

export function pyenvRoot(host: EnvironmentHost): string {
  const named = host.env['PYENV_ROOT'];
  if (named) return expandHome(named, host);
  return join(host.home, '.pyenv', ...(process.platform === 'win32' ? ['pyenv-win'] : []));
}

interface NamedVersions {
  readonly versions: readonly string[];
  readonly evidence: string;
}

async function namedVersions(
  folder: string,
  root: string,
  { env }: EnvironmentHost,
  isGlobal: boolean,
): Promise<NamedVersions | undefined> {
  const variable = env['PYENV_VERSION'];
  if (variable) return { versions: variable.split(':'), evidence: 'PYENV_VERSION' };
  for (let current = folder; ; current = dirname(current)) {
    const versions = await readVersions(join(current, '.python-version'));
    if (versions !== undefined) {
      const place = current === folder ? 'the project' : current;
      return { versions, evidence: `.python-version in ${place}` };
    }
    if (dirname(current) === current) break;
  }
  const versions = isGlobal ? await readVersions(join(root, 'version')) : undefined;
  return versions && { versions, evidence: join(root, 'version') };
}

/** The first word of each line. */
async function readVersions(path: string): Promise<readonly string[] | undefined> {
  const lines = (await readSmallFile(path))?.split('\n').map((line) => line.trim());
  const words = lines?.flatMap((line) => (line.startsWith('#') ? [] : (line.split(/\s/)[0] ?? [])));
  const versions = words?.filter(Boolean);
  return versions === undefined || versions.length === 0 ? undefined : versions;
}

/** The installed version that a name stands for; undefined where none does. */
async function resolveVersion(root: string, version: string): Promise<string | undefined> {
  const installed = await listFolder(join(root, 'versions'));
  for (const name of [version, version.replace(/^python-/, '')]) {
    if (installed.includes(name)) return name;
    const newest = installed
      .filter((candidate) => isReleaseOf(candidate, name))
      .toSorted(compareVersions)
      .at(-1);
    if (newest !== undefined) return newest;
  }
  return undefined;
}

/** Not a pre-release, nor a build of another kind. */
function isReleaseOf(candidate: string, prefix: string): boolean {
  return candidate.startsWith(`${prefix}.`) && /^[\d.]+$/.test(candidate.slice(prefix.length));
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
