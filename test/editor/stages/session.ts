import type { EditorSession } from '../../harness/editorSession';

const SCRIPT = `import json

rows = json.load(open("rows.json"))
print(rows["missing"])
`;

/** A Makefile and a preflight.yaml: two stages of a tool's, and one of the user's own words that fails in its code. */
export const session: EditorSession = {
  sample: null,
  prepare: async (project) => {
    await project.edit(
      'Makefile',
      () => 'model.txt: rows.json\n\tcat rows.json > model.txt\n\nclean:\n\trm -f model.txt\n',
    );
    await project.edit('rows.json', () => '{"rows": 3}\n');
    await project.edit('evaluate.py', () => SCRIPT);
    await project.edit(
      'preflight.yaml',
      () =>
        'stages:\n' +
        '  report: { run: "cat rows.json > report.txt", dependencies: [rows.json], outputs: [report.txt] }\n' +
        '  evaluate: { run: python3 evaluate.py, dependencies: [rows.json] }\n' +
        '  wait: { run: "echo begun > begun.txt && sleep 300", outputs: [begun.txt] }\n',
    );
  },
};
