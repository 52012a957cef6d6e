import type { EnvironmentHost } from './environmentHost';

/** Who keeps an environment, or says which one it is. */
export type EnvironmentOwner =
  | 'variable'
  | 'editor'
  | 'activated'
  | 'folder'
  | 'uv'
  | 'pixi'
  | 'poetry'
  | 'pipenv'
  | 'hatch'
  | 'conda'
  | 'virtualenvwrapper'
  | 'pyenv'
  | 'path';

/** Where an environment is, or would be if it had been made. */
export interface EnvironmentPlace {
  readonly owner: EnvironmentOwner;
  /** Why it is looked for there, in words: `VIRTUAL_ENV`, `poetry.lock in the project`. */
  readonly evidence: string;
  /** Absolute: the environment's folder, or an interpreter. */
  readonly path: string;
  /** Whether a Python that is no environment of its own will do (pyenv's, the system's). */
  readonly bare?: boolean;
  /** The command that makes it; where there is none, a place that does not exist is not worth a word. */
  readonly create?: string;
}

/** A tool that keeps environments for projects. One file per tool, and a line in `environmentManagers.ts`. */
export interface EnvironmentManager {
  /**
   * The places for a project whose files are in this folder, the likeliest first; none where the folder is no project
   * of this tool. Reads files, and runs nothing.
   * @param place the folder in words: `the project`
   */
  places(
    folder: string,
    place: string,
    host: EnvironmentHost,
  ): Promise<readonly EnvironmentPlace[]>;
}
