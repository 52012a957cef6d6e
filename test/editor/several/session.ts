import type { EditorSession } from '../../harness/editorSession';

/** Two projects in one folder, whose stages have the same names. */
export const session: EditorSession = {
  sample: null,
  prepare: async (project) => {
    for (const folder of ['north', 'south']) {
      await project.edit(
        `${folder}/preflight.yaml`,
        () =>
          'stages:\n' +
          '  wait: { run: "echo begun > begun.txt && sleep 300", outputs: [begun.txt] }\n' +
          '  note: { run: "pwd > note.txt", dependencies: [preflight.yaml], outputs: [note.txt] }\n',
      );
    }
  },
};
