import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { preflight } from '../cli/commandLine';
import { ensurePythonEnvironment } from '../harness/pythonEnvironment';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';

const PIPELINE = `stages:
  copy:
    cmd: cp data/x.csv out/w.csv
    deps: [data/x.csv]
    outs: [out/w.csv]
`;
const FIRST = 'id,v\n1,a\n2,b\n3,c\n';
/** One row of FIRST is left; two are new. */
const SECOND = 'id,v\n1,a\n2,B\n4,d\n';
/** One row more than SECOND. */
const THIRD = `${SECOND}5,e\n`;

/** A file with a .dvc file, one in a tracked folder, and an output of a stage, as DVC itself records them. */
const TRACKED = ['data/x.csv', 'data/folder/y.csv', 'out/w.csv'];

describe('ml-preflight diff of what DVC tracks', function () {
  this.timeout(180_000);
  let project: SampleProject;

  before(async () => {
    project = await makeEmptyProject();
    const dvc = join(await ensurePythonEnvironment(), 'dvc');
    const record = async (text: string, message: string): Promise<void> => {
      await write('data/x.csv', text);
      await write('data/folder/y.csv', text);
      await project.run(dvc, 'add', '-q', 'data/x.csv', 'data/folder');
      await project.run(dvc, 'repro', '-q');
      await project.commit(message);
    };
    await project.run('git', 'init', '-q');
    await project.run('git', 'config', 'user.name', 'Test');
    await project.run('git', 'config', 'user.email', 'test@example.com');
    await project.run(dvc, 'init', '-q');
    await write('dvc.yaml', PIPELINE);
    await write('out/.gitkeep', '');
    await write('data/folder/z.csv', FIRST);
    await record(FIRST, 'First');
    await record(SECOND, 'Second');
    for (const path of TRACKED) await write(path, THIRD);
  });
  after(() => project.dispose());

  const write = async (path: string, text: string): Promise<void> => {
    // What DVC checked out may be a link into its cache.
    rmSync(join(project.root, path), { force: true });
    await project.edit(path, () => text);
  };

  for (const path of TRACKED) {
    it(`finds the rows of ${path} in the work tree and in commits`, async () => {
      const now = await preflight(project, 'diff', path);
      assert.equal(now.code, 0, now.stderr);
      assert.match(now.stdout, /\(3 rows\) → worktree \(4 rows\)\n {2}1 added, 0 removed, 3 the/);
      const before = await preflight(project, 'diff', path, '--from', 'HEAD~1', '--to', 'HEAD');
      assert.equal(before.code, 0, before.stderr);
      assert.match(before.stdout, /\(3 rows\)\n {2}2 added, 2 removed, 1 the same/);
    });
  }

  it('names the command that gets what is in no cache', async () => {
    rmSync(join(project.root, '.dvc/cache'), { recursive: true });
    const commands = ['dvc pull data/x.csv.dvc', 'dvc pull data/folder.dvc', 'dvc repro'];
    for (const [index, path] of TRACKED.entries()) {
      const { code, stderr } = await preflight(project, 'diff', path);
      assert.equal(code, 2);
      assert.match(stderr, /is not on this machine/);
      assert.ok(stderr.includes(commands[index] ?? '?'), stderr);
    }
  });
});
