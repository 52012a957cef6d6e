/** The Python environment that a project's stages run in. All paths are absolute. */
export interface PythonEnvironment {
  /** The interpreter. */
  readonly python: string;
  /** The folder that the interpreter is in. */
  readonly bin: string;
  /** The folder that the environment is in. */
  readonly prefix: string;
  readonly kind: 'venv' | 'conda' | 'system';
  /** PATH leads to it as it is. */
  readonly isOnPath?: true;
  /** Where it was found, in words: `VIRTUAL_ENV`, `.venv in the project`. */
  readonly evidence: string;
}
