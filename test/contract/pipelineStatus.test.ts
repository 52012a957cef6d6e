import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readOwnStatus } from '../../src/pipeline/status/readOwnStatus';
import { openSources } from '../../src/pipeline/status/statusSources';
import { detectProject } from '../../src/project/detectProject';
import { openWorktreeFiles } from '../../src/project/worktreeFiles';
import { readOutput } from '../harness/childProcess';
import { copySample, makeEmptyProject } from '../harness/sampleProject';
import { ensurePythonEnvironment, withPath } from '../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { EditedProject, TUMOURS_EDITS, WORKSHOP_EDITS, type Edits } from './pipelineEdits';
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
      const pristine = join(folder, name, 'pristine');
      const edited = join(folder, name, 'edited');

      before(async () => {
        await make(pristine);
        await run(pristine, 'dvc', 'repro', '--quiet', '--all-pipelines');
      });

      for (const [title, edit] of Object.entries(edits)) {
        it(`is that of dvc status after this edit: ${title}`, async () => {
          await rm(edited, { recursive: true, force: true });
          await cp(pristine, edited, {
            recursive: true,
            preserveTimestamps: true,
            verbatimSymlinks: true,
          });
          await edit(new EditedProject(edited));
          const own = await readOwnChanges(edited);
          const status: unknown = JSON.parse(await run(edited, 'dvc', 'status', '--json'));
          assert.deepEqual(own, readDvcChanges(status as DvcStatus, own));
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
});

/** What has changed, by stage; stages in which nothing has are left out. */
type Changes = Readonly<Record<string, readonly string[]>>;

const NEVER_RUN = ['never run'];

async function readOwnChanges(root: string): Promise<Changes> {
  const files = await openWorktreeFiles(root, {});
  assert.ok(files.ok);
  const project = await detectProject(files.value, {});
  const sources = await openSources(root, join(root, '.git', 'preflight'));
  const changes: Record<string, readonly string[]> = {};
  for (const stage of project.stages.filter(({ tool }) => tool === 'dvc')) {
    const { status, reasons } = await readOwnStatus(stage, sources);
    assert.notEqual(status, 'unknown', reasons.join('; '));
    if (status === 'never-run') changes[stage.id] = NEVER_RUN;
    else if (status !== 'fresh') changes[stage.id] = sortUnique(reasons.map(shortenReason));
  }
  return changes;
}

function shortenReason(reason: string): string {
  if (reason.startsWith('the command changed: ')) return 'command';
  if (reason === 'DVC always runs it') return 'always';
  const parameter = /^(\S+\.(?:yaml|json|toml)): (its parameters|[\w-]+)/.exec(reason);
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
