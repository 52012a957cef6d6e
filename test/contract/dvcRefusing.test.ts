import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProject } from '../../src/project/detectProject';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { readOutput } from '../harness/childProcess';
import { ensurePythonEnvironment, withPath } from '../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { ACCEPTED } from './dvcAcceptedProjects';
import { REFUSED, type Cases } from './dvcRefusedProjects';

/** What DVC says of each project: its stages, or why it does not read or run them. In one process, for speed. */
const ASK = `
import json, os, shutil, subprocess, sys
from dvc.repo import Repo
folder = sys.argv[1]
made = os.path.join(folder, "made")
os.makedirs(made)
subprocess.run(["git", "init", "-q"], cwd=made, check=True)
subprocess.run(["dvc", "init", "-q"], cwd=made, check=True)
answers = {}
for name in sorted(os.listdir(os.path.join(folder, "projects"))):
    project = os.path.join(folder, "projects", name)
    shutil.copytree(made, project, dirs_exist_ok=True, ignore=lambda at, names: [
        one for one in names if one == ".dvcignore" and os.path.exists(os.path.join(project, one))])
    os.chdir(project)
    try:
        repo = Repo(".")
        stages = [stage for stage in repo.index.stages if not stage.path.endswith(".dvc")]
        repo.status()
        repo.index.graph
        answers[name] = sorted(stage.addressing for stage in stages)
    except BaseException as error:
        answers[name] = f"{type(error).__name__}: {error}"
print(json.dumps(answers))
`;

describe('projects that DVC refuses', function () {
  this.timeout(300_000);
  const folder = makeTemporaryFolder('refused');
  const all = Object.entries({ ...REFUSED, ...ACCEPTED });
  const placeOf = (name: string): string => {
    const index = all.findIndex(([one]) => one === name);
    return `p${String(index).padStart(4, '0')}`;
  };
  let answers: Readonly<Record<string, string | readonly string[]>> = {};

  before(async () => {
    const env = { ...withPath(await ensurePythonEnvironment()), DVC_NO_ANALYTICS: '1' };
    for (const [name, files] of all) {
      const texts = typeof files === 'string' ? { 'dvc.yaml': files } : files;
      for (const [path, text] of Object.entries(texts)) {
        const file = join(folder, 'projects', placeOf(name), path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    }
    answers = JSON.parse(
      await readOutput('python', ['-c', ASK, folder], { cwd: folder, env }),
    ) as typeof answers;
  });
  after(() => removeTemporaryFolder(folder));

  const read = async (name: string) => {
    const files = await openWorktreeFiles(join(folder, 'projects', placeOf(name)));
    assert.ok(files.ok);
    const project = await detectProject(files.value);
    const statuses = await readStatus(project, join(folder, 'state', placeOf(name)));
    return { project, statuses };
  };

  for (const name of namesOf(REFUSED)) {
    it(`have a problem with its place, and no fresh stage: ${name}`, async () => {
      const { project, statuses } = await read(name);
      assert.equal(typeof answers[placeOf(name)], 'string', 'DVC takes it');
      const reasons = statuses.flatMap((one) => (one.status === 'unknown' ? one.reasons : []));
      const places = [
        ...project.problems.map(({ file, line }) => `${file}:${line}`),
        ...reasons.flatMap((reason) => /^[\w./]+:\d+(?=:)/.exec(reason)?.[0] ?? []),
      ];
      assert.ok(places.length > 0);
      for (const place of places) assert.match(place, /^[\w./]+:\d+$/);
      assert.ok(!statuses.some(({ status }) => status === 'fresh'));
    });
  }

  for (const name of namesOf(ACCEPTED)) {
    it(`are not those that it takes: ${name}`, async () => {
      const { project } = await read(name);
      assert.deepEqual(project.problems, []);
      const ids = project.stages.filter(({ tool }) => tool === 'dvc').map(({ id }) => id);
      assert.deepEqual(ids.sort(), answers[placeOf(name)]);
    });
  }
});

function namesOf(cases: Cases): readonly string[] {
  return Object.keys(cases);
}
