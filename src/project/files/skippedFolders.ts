/**
 * Folders that hold no file of the project itself: version control, environments, caches, and stores of other
 * tools that can be huge. Files that git ignores are kept, because that is where DVC's outputs are.
 */
const SKIPPED = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '.venv',
  'venv',
  'site-packages',
  '__pycache__',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.cache',
  '.tox',
  '.nox',
  '.eggs',
  '.pixi',
  '.conda',
  '.snakemake',
  '.terraform',
  '.ray',
  'wandb',
  'catboost_info',
]);

/** DVC's own cache and temporary files (`.dvc/config` is a file, and stays); the runs of an MLflow experiment. */
const STORE_OF_A_TOOL = /(?:^|\/)(?:\.dvc|mlruns\/[^/]+)$/;

/** `folder` is the parent, relative to the root, where the root itself is the empty text. */
export function isSkippedFolder(folder: string, name: string): boolean {
  return SKIPPED.has(name) || STORE_OF_A_TOOL.test(folder);
}

/** Whether a folder is a template, and its files a project only when the name is filled in. */
export function isTemplateFolder(name: string): boolean {
  return /\{\{.*\}\}/.test(name);
}

/** Whether what a folder directly contains makes it a Python environment, whatever its name is. */
export function isEnvironment(names: Iterable<string>): boolean {
  for (const name of names) if (name === 'pyvenv.cfg' || name === 'conda-meta') return true;
  return false;
}
