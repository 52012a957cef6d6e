import { join } from 'node:path';
import type { EnvironmentManager } from '../environmentPlace';
import { exists } from '../readSmallFile';
import { readToml, valueAt } from '../tomlFile';

/**
 * Pixi: `.pixi/envs/default`, which is a link where the environments are detached.
 * https://pixi.sh/latest/workspace/environment/
 */
export const pixiManager: EnvironmentManager = {
  async places(folder, place, _host) {
    const file = await markerOf(folder);
    if (file === undefined) return [];
    const evidence = `${file} in ${place}`;
    const path = join(folder, '.pixi', 'envs', 'default');
    return [{ owner: 'pixi', evidence, path, create: 'pixi install' }];
  },
};

async function markerOf(folder: string): Promise<string | undefined> {
  if (await exists(join(folder, 'pixi.toml'))) return 'pixi.toml';
  const project = await readToml(join(folder, 'pyproject.toml'));
  return valueAt(project, 'tool', 'pixi') === undefined
    ? undefined
    : '[tool.pixi] of pyproject.toml';
}
