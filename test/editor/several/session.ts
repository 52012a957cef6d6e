import type { EditorSession } from '../../harness/editorSession';

const SCHEMA =
  'version: 1\ncolumns:\n  id: { type: integer }\n  kind: { type: string, values: [a, b] }\n';

/** Both have a value that the schema does not know, each another and in another line. */
const ROWS = {
  north: ['1,a', '2,b', '3,n'],
  south: ['1,a', '2,s', '3,b'],
} as const;

/** Two projects in one folder, whose stages and datasets have the same names. */
export const session: EditorSession = {
  sample: null,
  prepare: async (project) => {
    for (const folder of ['north', 'south'] as const) {
      await project.edit(
        `${folder}/preflight.yaml`,
        () =>
          'stages:\n' +
          '  wait: { run: "echo begun > begun.txt && sleep 300", outputs: [begun.txt] }\n' +
          '  note: { run: "pwd > note.txt", dependencies: [preflight.yaml], outputs: [note.txt] }\n' +
          'datasets:\n  table: { path: data/table.csv }\n',
      );
      const rows = ['id,kind', ...ROWS[folder], ''].join('\n');
      await project.edit(`${folder}/data/table.csv`, () => rows);
      await project.edit(`${folder}/.preflight/schemas/table.yaml`, () => SCHEMA);
    }
  },
};
