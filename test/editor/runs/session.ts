import type { EditorSession } from '../../harness/editorSession';

/** No repository, no tool: three stages of the user's own words, of which one is slow and one is broken. */
export const session: EditorSession = {
  sample: null,
  prepare: (project) =>
    project.edit(
      'preflight.yaml',
      () =>
        'stages:\n' +
        '  slow: { run: "echo begun > begun.txt && sleep 300 && echo done", outputs: [begun.txt] }\n' +
        '  broken: { run: no-such-command-here }\n' +
        '  quick: { run: "pwd > where.txt", dependencies: [preflight.yaml], outputs: [where.txt] }\n',
    ),
};
