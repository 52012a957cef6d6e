import { join, resolve } from 'node:path';
import type { EnvironmentManager } from '../environmentPlace';
import { exists } from '../readSmallFile';

/**
 * uv: UV_PROJECT_ENVIRONMENT, relative to the workspace's root, else `.venv` there.
 * https://docs.astral.sh/uv/concepts/projects/config/#project-environment-path
 */
export const uvManager: EnvironmentManager = {
  async places(folder, place, { env }) {
    if (!(await exists(join(folder, 'uv.lock')))) return [];
    const named = env['UV_PROJECT_ENVIRONMENT'];
    const create = 'uv sync';
    if (named) {
      const evidence = `UV_PROJECT_ENVIRONMENT and uv.lock in ${place}`;
      return [{ owner: 'uv', evidence, path: resolve(folder, named), create }];
    }
    return [{ owner: 'uv', evidence: `uv.lock in ${place}`, path: join(folder, '.venv'), create }];
  },
};
