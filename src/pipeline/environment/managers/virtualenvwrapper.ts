import { join, resolve } from 'node:path';
import { expandHome, type EnvironmentHost } from '../environmentHost';
import type { EnvironmentManager, EnvironmentPlace } from '../environmentPlace';
import { listFolder, readSmallFile } from '../readSmallFile';
import { workonHome } from './pipenv';

/**
 * virtualenvwrapper: the environments of WORKON_HOME whose `.project` names this folder (`setvirtualenvproject`).
 * https://virtualenvwrapper.readthedocs.io/en/latest/projects.html
 */
export const virtualenvwrapperManager: EnvironmentManager = {
  async places(folder, _place, host) {
    const places: EnvironmentPlace[] = [];
    for (const home of folders(host)) {
      for (const name of await listFolder(home)) {
        const project = await readSmallFile(join(home, name, '.project'));
        if (project === undefined || resolve(project.trim() || '/') !== folder) continue;
        const path = join(home, name);
        places.push({ owner: 'virtualenvwrapper', evidence: join(path, '.project'), path });
      }
    }
    return places;
  },
};

function folders(host: EnvironmentHost): ReadonlySet<string> {
  return new Set([expandHome('~/.virtualenvs', host), workonHome(host)]);
}
