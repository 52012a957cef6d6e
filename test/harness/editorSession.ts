import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from './repository';
import type { SampleProject } from './sampleProject';

/**
 * One VS Code window of the editor suite: a folder under test/editor whose tests all run in it. `session.ts` in that
 * folder exports it as `session`; without that file it is the sample `tumours`, trusted.
 */
export interface EditorSession {
  /** The folder under test/projects to open, as a git repository; `null` for an empty folder without git. */
  readonly sample: string | null;
  /** Asks the user whether the folder is trusted, as a window of everyday does. */
  readonly workspaceTrust?: boolean;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Makes the project what the tests need: edits, further commits, a pipeline run. */
  readonly prepare?: (project: SampleProject) => Promise<void>;
}

export async function readSession(folder: string): Promise<EditorSession> {
  const file = join(folder, 'session.ts');
  if (!existsSync(file)) return { sample: 'tumours' };
  const module = (await import(file)) as { readonly session?: EditorSession };
  if (module.session === undefined) throw new Error(`${file} does not export \`session\`.`);
  return module.session;
}

export const EDITOR_TESTS = inRepository('test', 'editor');
