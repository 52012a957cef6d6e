import type { Problem } from '../../base/problem';
import { isUnchanged, type FileState } from './contentAt';

/** What was read while others wrote it is neither the old content nor the new one. @param path the dataset's */
export async function findChanged(
  foreign: readonly FileState[],
  path: string,
): Promise<Problem | undefined> {
  for (const state of foreign) {
    if (await isUnchanged(state)) continue;
    return {
      code: 'content-changed',
      message: `${state.path} was changed while it was read.`,
      file: path,
      fix: 'Try again when nothing writes it.',
    };
  }
  return undefined;
}
