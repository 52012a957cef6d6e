import type { EditorSession } from '../../harness/editorSession';

/** A project without any pipeline tool. */
export const session: EditorSession = { sample: 'admissions' };
