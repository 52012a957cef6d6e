import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { detectProject } from '../../src/project/detectProject';
import type { Project } from '../../src/project/project';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { readOutput } from '../harness/childProcess';
import { copySample, makeEmptyProject } from '../harness/sampleProject';
import { ensurePythonEnvironment, withPath } from '../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { changesOfDvc, readDvcStatus, readOwnChanges } from './dvcChanges';
import { listDvcStages, readOwnStages } from './dvcStages';
import { EditedProject, TUMOURS_EDITS, WORKSHOP_EDITS, type Edits } from './pipelineEdits';
import { TEMPLATE_EDITS, TEMPLATE_FILES } from './pipelineTemplates';
import { WORKSHOP_FILES } from './pipelineWorkshop';

/**
 * The status that is read from files, against `dvc status` itself, after each of many edits of two projects: the
 * same stages are changed, for the same paths, parameters and commands.
 */
describe('the status of DVC stages', function () {
  this.timeout(120_000);
  const folder = makeTemporaryFolder('status');
  let environment: NodeJS.ProcessEnv = {};

  before(async () => {
    environment = {
      ...withPath(await ensurePythonEnvironment()),
      DVC_NO_ANALYTICS: '1',
      // DVC keeps its file index here: nothing of another copy may be found.
      DVC_SITE_CACHE_DIR: join(folder, 'dvc-site-cache'),
    };
  });
  after(() => removeTemporaryFolder(folder));

  const run = (root: string, command: string, ...words: readonly string[]) =>
    readOutput(command, words, { cwd: root, env: environment });

  const compareAfter = (name: string, edits: Edits, make: (root: string) => Promise<unknown>) =>
    describe(`of ${name}`, () => {
      // In folders of their own, because there are files beside the project too.
      const pristine = join(folder, name, 'pristine', 'project');
      const edited = join(folder, name, 'edited', 'project');

      before(async () => {
        await make(pristine);
        await run(pristine, 'dvc', 'repro', '--quiet', '--all-pipelines');
      });

      for (const [title, edit] of Object.entries(edits)) {
        it(`is that of dvc status after this edit: ${title}`, async () => {
          await rm(dirname(edited), { recursive: true, force: true });
          await cp(dirname(pristine), dirname(edited), {
            recursive: true,
            preserveTimestamps: true,
            verbatimSymlinks: true,
          });
          await edit(new EditedProject(edited));
          const project = await detect(edited);
          const own = await readOwnChanges(project, join(edited, '.git', 'preflight'));
          // Two programs at once: DVC takes most of this test's time.
          const ids = readOwnStages(project).map(({ id }) => id);
          const [listed, status] = await Promise.all([
            listDvcStages(edited, environment),
            readDvcStatus(edited, ids, environment),
          ]);
          assert.deepEqual(ids, listed);
          assert.deepEqual(own, changesOfDvc(status, own));
        });
      }
    });

  compareAfter('tumours', TUMOURS_EDITS, (root) => copySample('tumours', { folder: root }));
  compareAfter('a project with all that dvc.yaml knows', WORKSHOP_EDITS, async (root) => {
    const project = await makeEmptyProject({ folder: root });
    for (const [path, text] of Object.entries(WORKSHOP_FILES)) await project.edit(path, () => text);
    await run(root, 'git', 'init', '-q');
    await run(root, 'dvc', 'init', '-q');
  });
  compareAfter('a project in templates', TEMPLATE_EDITS, async (root) => {
    const project = await makeEmptyProject({ folder: root });
    for (const [path, text] of Object.entries(TEMPLATE_FILES)) await project.edit(path, () => text);
    await run(root, 'git', 'init', '-q');
    await run(root, 'dvc', 'init', '-q');
    await run(root, 'dvc', 'add', '-q', 'tracked.csv');
    await run(root, 'dvc', 'import-url', '-q', 'origin.csv', 'imported.csv');
  });
});

async function detect(root: string): Promise<Project> {
  const files = await openWorktreeFiles(root, {});
  assert.ok(files.ok);
  return detectProject(files.value, {});
}
