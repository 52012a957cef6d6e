import type { EnvironmentManager } from './environmentPlace';
import { condaManager } from './managers/conda';
import { hatchManager } from './managers/hatch';
import { pipenvManager } from './managers/pipenv';
import { pixiManager } from './managers/pixi';
import { poetryManager } from './managers/poetry';
import { uvManager } from './managers/uv';
import { virtualenvwrapperManager } from './managers/virtualenvwrapper';

/** Tools that run everything of a project in one environment: where a file names one of them, its rule decides. */
export const PROJECT_MANAGERS: readonly EnvironmentManager[] = [
  pixiManager,
  poetryManager,
  pipenvManager,
  uvManager,
];

/**
 * Tools whose files may as well describe an environment for something else (tests, a server): a `.venv` that somebody
 * made in the folder comes before them.
 */
export const OTHER_MANAGERS: readonly EnvironmentManager[] = [
  hatchManager,
  condaManager,
  virtualenvwrapperManager,
];
