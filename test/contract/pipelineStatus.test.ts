import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readOwnStatus } from '../../src/pipeline/status/readOwnStatus';
import { openSources } from '../../src/pipeline/status/statusSources';
import { detectProject } from '../../src/project/detectProject';
import type { Project, Stage } from '../../src/project/project';
import { openWorktreeFiles } from '../../src/project/worktreeFiles';
import { readOutput } from '../harness/childProcess';
import { copySample, makeEmptyProject } from '../harness/sampleProject';
import { ensurePythonEnvironment, withPath } from '../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
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
          const own = await readOwnChanges(project);
          const [status, listed] = await Promise.all([
            run(edited, 'dvc', 'status', '--json'),
            run(edited, 'dvc', 'stage', 'list', '--all', '--name-only'),
          ]);
          assert.deepEqual(own, readDvcChanges(JSON.parse(status) as DvcStatus, own));
          assert.deepEqual(
            stagesOf(project)
              .map(({ id }) => id)
              .sort(),
            listed
              .split('\n')
              .filter((name) => name !== '' && !name.endsWith('.dvc'))
              .sort(),
          );
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

/** What has changed, by stage; stages in which nothing has are left out. */
type Changes = Readonly<Record<string, readonly string[]>>;

const NEVER_RUN = ['never run'];

async function detect(root: string): Promise<Project> {
  const files = await openWorktreeFiles(root, {});
  assert.ok(files.ok);
  return detectProject(files.value, {});
}

function stagesOf({ stages }: Project): readonly Stage[] {
  return stages.filter(({ tool }) => tool === 'dvc');
}

async function readOwnChanges(project: Project): Promise<Changes> {
  // DVC names what is not in its repository by the whole path.
  const asDvcWrites = (path: string): string =>
    path.startsWith('../') ? resolve(project.root, path) : path;
  const sources = await openSources(project.root, join(project.root, '.git', 'preflight'));
  const changes: Record<string, readonly string[]> = {};
  for (const stage of stagesOf(project)) {
    const { status, reasons } = await readOwnStatus(stage, sources);
    assert.notEqual(status, 'unknown', reasons.join('; '));
    if (status === 'never-run') changes[stage.id] = NEVER_RUN;
    else if (status !== 'fresh')
      changes[stage.id] = sortUnique(reasons.map(shortenReason).map(asDvcWrites));
  }
  return changes;
}

function shortenReason(reason: string): string {
  if (reason.startsWith('the command changed: ')) return 'command';
  if (reason === 'DVC always runs it') return 'always';
  const parameter = /^(\S+\.(?:yaml|json|toml|py)): (its parameters|[\w-]+)/.exec(reason);
  if (parameter !== null) {
    return parameter[2] === 'its parameters'
      ? `${parameter[1]}`
      : `${parameter[1]}: ${parameter[2]}`;
  }
  const path =
    /^(?:output )?(.*) (?:changed|is missing|is new|is a new dependency|is not in the cache of DVC)$/.exec(
      reason,
    );
  assert.ok(path?.[1] !== undefined, `A reason that this test does not know: ${reason}`);
  return path[1];
}

/** What `dvc status --json` prints. */
type DvcStatus = Readonly<Record<string, readonly (string | DvcPaths)[]>>;
type DvcPaths = Readonly<
  Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>
>;

/** DVC does not say that a stage has never been run: it then lists all of its paths. */
function readDvcChanges(status: DvcStatus, own: Changes): Changes {
  const changes: Record<string, readonly string[]> = {};
  for (const [stage, entries] of Object.entries(status)) {
    if (stage.endsWith('.dvc')) continue;
    const isNew = own[stage] === NEVER_RUN;
    changes[stage] = isNew ? NEVER_RUN : sortUnique(entries.flatMap(listChanges));
  }
  return changes;
}

function listChanges(entry: string | DvcPaths): readonly string[] {
  if (typeof entry === 'string') return [entry === 'changed command' ? 'command' : 'always'];
  return Object.values(entry).flatMap((paths) =>
    Object.entries(paths).flatMap(([path, change]) =>
      typeof change === 'string'
        ? [path]
        : Object.keys(change).map((key) => `${path}: ${key.split('.')[0]}`),
    ),
  );
}

function sortUnique(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}
