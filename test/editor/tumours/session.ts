import type { EditorSession } from '../../harness/editorSession';

/** The DVC sample with the gate installed, as after the walkthrough. */
export const session: EditorSession = {
  sample: 'tumours',
  settings: { 'git.openRepositoryInParentFolders': 'never' },
};
