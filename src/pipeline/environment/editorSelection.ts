import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../base/atomicWrite';
import { readSmallFile } from './readSmallFile';

/** The interpreter that the editor runs a project's stages with. */
export interface EditorSelection {
  /** Absolute: the interpreter, or the folder of its environment. */
  readonly python: string;
  /** Who selected it, in words: `the Python extension`. */
  readonly by: string;
}

function selectionFile(stateFolder: string): string {
  return join(stateFolder, 'python.json');
}

/** Undefined where the editor selected nothing, or never saw the project. */
export async function readEditorSelection(
  stateFolder: string,
): Promise<EditorSelection | undefined> {
  const text = await readSmallFile(selectionFile(stateFolder));
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isSelection(value) ? { python: value.python, by: value.by } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what is selected in the editor where the command line finds it; undefined forgets it.
 * @throws the file system's error
 */
export async function writeEditorSelection(
  stateFolder: string,
  selection: EditorSelection | undefined,
): Promise<void> {
  const known = await readEditorSelection(stateFolder);
  if (known?.python === selection?.python && known?.by === selection?.by) return;
  if (selection === undefined) await rm(selectionFile(stateFolder), { force: true });
  else await writeFileAtomically(selectionFile(stateFolder), `${JSON.stringify(selection)}\n`);
}

function isSelection(value: unknown): value is EditorSelection {
  if (typeof value !== 'object' || value === null) return false;
  const { python, by } = value as { readonly python?: unknown; readonly by?: unknown };
  return typeof python === 'string' && python !== '' && typeof by === 'string';
}
