import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PythonEnvironment } from './pythonEnvironment';
import { listFolder, readSmallFile } from './readSmallFile';

/**
 * The version of an environment's Python as its files tell it, `3.11.7`, or as much of it as they do; undefined where
 * they do not. Nothing is run.
 */
export async function readPythonVersion({
  prefix,
  python,
}: PythonEnvironment): Promise<string | undefined> {
  // `version` is venv's key, `version_info` that of virtualenv and uv.
  const config = await readSmallFile(join(prefix, 'pyvenv.cfg'));
  const configured = /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/m.exec(config ?? '')?.[1];
  if (configured !== undefined) return configured;
  const installed = (await listFolder(join(prefix, 'conda-meta')))
    .map((name) => /^python-(\d+\.\d+\.\d+)-/.exec(name)?.[1])
    .find((version) => version !== undefined);
  if (installed !== undefined) return installed;
  const real = await realpath(python).catch(() => python);
  // pyenv and uv name the folder of an interpreter for its version.
  const named = /^(?:cpython-|pypy)?(\d+\.\d+\.\d+)/.exec(basename(dirname(dirname(real))))?.[1];
  return named ?? /python(\d+\.\d+)(?:\.exe)?$/.exec(real)?.[1];
}
