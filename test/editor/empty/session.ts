import type { EditorSession } from '../../harness/editorSession';

export const session: EditorSession = { sample: null };
