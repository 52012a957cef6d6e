import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { expandHome, userFolder, type EnvironmentHost } from '../environmentHost';
import type { EnvironmentManager } from '../environmentPlace';
import { readToml, textAt, valueAt, type Table } from '../tomlFile';

/**
 * Hatch: the `path` of the environment, else `<data>/env/virtual/<project>/<hash of its folder>/<environment>`.
 * https://hatch.pypa.io/latest/config/hatch/#environments, and `VirtualEnvironment` in its source.
 */
export const hatchManager: EnvironmentManager = {
  async places(folder, place, host) {
    const [project, own] = await Promise.all([
      readToml(join(folder, 'pyproject.toml')),
      readToml(join(folder, 'hatch.toml')),
    ]);
    const environments = valueAt(own, 'envs') ?? valueAt(project, 'tool', 'hatch', 'envs');
    if (environments === undefined) return [];
    const file = own === undefined ? '[tool.hatch.envs] of pyproject.toml' : 'hatch.toml';
    const name = host.env['HATCH_ENV'] || 'default';
    const path = host.env['HATCH_ENV_TYPE_VIRTUAL_PATH'] || inheritedPath(environments, name);
    return [
      {
        owner: 'hatch',
        evidence: `${file} in ${place}`,
        path:
          path === undefined
            ? await storedPath(folder, project, name, host)
            : resolve(folder, expandHome(path, host)),
        create: name === 'default' ? 'hatch env create' : `hatch env create ${name}`,
      },
    ];
  },
};

/** Every environment inherits what it does not set from its template, `default` where it names none. */
function inheritedPath(environments: unknown, name: string): string | undefined {
  const seen = new Set<string>();
  for (let current = name; !seen.has(current);) {
    seen.add(current);
    const path = textAt(environments, current, 'path');
    if (path !== undefined) return path;
    if (valueAt(environments, current, 'detached') === true) return undefined;
    current = textAt(environments, current, 'template') ?? 'default';
  }
  return undefined;
}

async function storedPath(
  folder: string,
  project: Table | undefined,
  environment: string,
  host: EnvironmentHost,
): Promise<string> {
  const { id, name } = hatchProject(project, folder);
  const file = host.env['HATCH_CONFIG'] || join(userFolder('config', 'hatch', host), 'config.toml');
  const config = await readToml(file);
  const data = host.env['HATCH_DATA_DIR'] || textAt(config, 'dirs', 'data');
  const named = textAt(config, 'dirs', 'env', 'virtual');
  const root =
    named === undefined
      ? join(expandHome(data ?? userFolder('data', 'hatch', host), host), 'env', 'virtual')
      : resolve(folder, expandHome(named, host));
  const last = environment === 'default' ? name : environment;
  // A folder of the project's own, or the one that other tools share, has no levels inside.
  const isFlat = root.startsWith(join(folder, '/')) || root === join(host.home, '.virtualenvs');
  return isFlat ? join(root, last) : join(root, name, id, last);
}

function hatchProject(
  project: Table | undefined,
  folder: string,
): { readonly id: string; readonly name: string } {
  const ignoresCase = process.platform === 'win32' || process.platform === 'darwin';
  const path = ignoresCase ? folder.toLowerCase() : folder;
  const id = createHash('sha256').update(path).digest('base64url').slice(0, 8);
  const name = textAt(project, 'project', 'name')
    ?.replace(/[-_.]+/g, '-')
    .toLowerCase();
  return { id, name: name ?? `${id}-unmanaged` };
}
