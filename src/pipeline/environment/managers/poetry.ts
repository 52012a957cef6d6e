import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { expandHome, userFolder, type EnvironmentHost } from '../environmentHost';
import type { EnvironmentManager } from '../environmentPlace';
import { exists, isFolder, listFolder } from '../readSmallFile';
import { readToml, textAt, valueAt, type Table } from '../tomlFile';

/**
 * Poetry: `.venv` in the project unless `virtualenvs.in-project` is false, else
 * `<virtualenvs.path>/<name>-<hash>-py<minor>`, where `envs.toml` names the minor version that `poetry env use` chose.
 * https://python-poetry.org/docs/configuration/, and `EnvManager` in its source.
 */
export const poetryManager: EnvironmentManager = {
  async places(folder, place, host) {
    const project = await readToml(join(folder, 'pyproject.toml'));
    const file = await markerOf(folder, project);
    if (project === undefined || file === undefined) return [];
    const config = await readConfig(folder, host);
    const evidence = `${file} in ${place}`;
    const here = { owner: 'poetry', evidence, create: 'poetry install' } as const;
    const inProject = setting(config, host, 'virtualenvs', 'in-project');
    const own = join(folder, '.venv');
    const isOwnMade = !isFalse(inProject) && (await isFolder(own));
    if (isOwnMade) return [{ ...here, path: own }];
    const name = textAt(project, 'project', 'name') ?? textAt(project, 'tool', 'poetry', 'name');
    const cached = await cachedPaths(name ?? '', folder, config, host);
    // One that is made is kept, though the next one would be made in the project.
    const paths = cached.made.length > 0 ? cached.made : [isTrue(inProject) ? own : cached.base];
    return paths.map((path) => ({ ...here, path }));
  },
};

async function markerOf(folder: string, project: Table | undefined): Promise<string | undefined> {
  for (const file of ['poetry.lock', 'poetry.toml']) {
    if (await exists(join(folder, file))) return file;
  }
  return valueAt(project, 'tool', 'poetry') === undefined
    ? undefined
    : '[tool.poetry] of pyproject.toml';
}

/** The project's settings, then the user's. */
async function readConfig(
  folder: string,
  host: EnvironmentHost,
): Promise<readonly (Table | undefined)[]> {
  const user =
    host.env['POETRY_CONFIG_DIR'] || userFolder('config', 'pypoetry', host, { roaming: true });
  return Promise.all([readToml(join(folder, 'poetry.toml')), readToml(join(user, 'config.toml'))]);
}

/** A variable of the environment comes before every file. */
function setting(
  config: readonly (Table | undefined)[],
  { env }: EnvironmentHost,
  ...keys: readonly string[]
): unknown {
  const variable = `POETRY_${keys.join('_').toUpperCase().replaceAll('-', '_')}`;
  const values = [env[variable], ...config.map((table) => valueAt(table, ...keys))];
  return values.find((value) => value !== undefined);
}

function settingText(...where: Parameters<typeof setting>): string | undefined {
  const value = setting(...where);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && !isTrue(value));
}

/** The environments of this project in Poetry's folder, the chosen one first, and what all their names begin with. */
async function cachedPaths(
  name: string,
  folder: string,
  config: readonly (Table | undefined)[],
  host: EnvironmentHost,
): Promise<{ readonly made: readonly string[]; readonly base: string }> {
  const cache = settingText(config, host, 'cache-dir') ?? userFolder('cache', 'pypoetry', host);
  const path = settingText(config, host, 'virtualenvs', 'path') ?? '{cache-dir}/virtualenvs';
  const root = expandHome(path.replace('{cache-dir}', cache), host);
  const base = await poetryEnvironmentName(name, folder);
  const chosen = textAt(await readToml(join(root, 'envs.toml')), base, 'minor');
  const made = (await listFolder(root)).filter((entry) => entry.startsWith(`${base}-py`));
  const rank = (entry: string): number =>
    entry === `${base}-py${chosen}` ? Infinity : Number(/\.(\d+)$/.exec(entry)?.[1] ?? 0);
  const ranked = made.toSorted((a, b) => rank(b) - rank(a));
  return { made: ranked.map((entry) => join(root, entry)), base: join(root, base) };
}

/** The folder's name without the version: `my-project-8CqBxyTE`. */
export async function poetryEnvironmentName(name: string, folder: string): Promise<string> {
  const canonical = name.replace(/[-_.]+/g, '-').toLowerCase();
  const real = await realpath(folder).catch(() => folder);
  const path = process.platform === 'win32' ? real.toLowerCase().replaceAll('/', '\\') : real;
  const hash = createHash('sha256').update(path).digest('base64url').slice(0, 8);
  return `${canonical.replace(/[ $`!*@"\\\r\n\t]/g, '_').slice(0, 42)}-${hash}`;
}
