import type { Problem } from '../../base/problem';
import type { DataContent } from '../profile/profiler';
import { sourceFiles } from '../profile/sourceFile';
import { findChangedFile } from './fileState';

export const CONTENT_CHANGED = 'content-changed';

/** What was read while others wrote it is neither the old content nor the new one. */
export async function findChanged(contents: readonly DataContent[]): Promise<Problem | undefined> {
  for (const content of contents) {
    const changed = await findChangedFile(content.states ?? []);
    if (changed === undefined) continue;
    const file = sourceFiles(content).find(({ path }) => path === changed);
    return {
      code: CONTENT_CHANGED,
      message: 'It was changed while it was read.',
      file: file?.shown ?? content.dataset.path,
      fix: 'Try again when nothing writes it.',
    };
  }
  return undefined;
}
