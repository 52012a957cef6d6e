import type { EditorSession } from '../../harness/editorSession';

/** A folder that the user has not said to trust. */
export const session: EditorSession = {
  sample: 'tumours',
  workspaceTrust: true,
  settings: { 'security.workspace.trust.startupPrompt': 'never' },
};
