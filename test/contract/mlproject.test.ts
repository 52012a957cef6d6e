import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runStages } from '../../src/pipeline/run/runStages';
import { readStatus } from '../../src/pipeline/status/status';
import { stageToolOf } from '../../src/pipeline/tools/stageTools';
import { detectProjects } from '../../src/project/detectProjects';
import type { Project } from '../../src/project/project';
import { ensurePipelineTools } from '../harness/pythonEnvironment';

const PROJECT = `name: tiny
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      note: {type: string, default: "it is $(touch pwned)"}
    command: "python train.py {alpha} {note}"
`;
const SCRIPT = `import sys

import pandas as pd

if __name__ == "__main__":
    rows = pd.read_csv("rows.csv")
    rows["words"] = " ".join(sys.argv[1:])
    rows.to_csv("made.csv", index=False)
`;

/** The real MLflow runs the entry points. */
describe('an MLproject', function () {
  this.timeout(120_000);
  let root = '';
  let bin = '';
  before(async () => {
    bin = await ensurePipelineTools();
  });
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'mlproject-')));
    writeFileSync(join(root, 'MLproject'), PROJECT);
    writeFileSync(join(root, 'train.py'), SCRIPT);
    writeFileSync(join(root, 'rows.csv'), 'a\n1\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  async function detect(): Promise<Project> {
    const projects = await detectProjects(root);
    assert.ok(projects.ok);
    const [project] = projects.value;
    assert.ok(project);
    return project;
  }

  it('is run by MLflow, is fresh then, and stale after a change of what its script reads', async () => {
    const project = await detect();
    const stateFolder = join(root, '.git-state');
    const [run] = await runStages({
      project,
      stages: project.stages,
      stateFolder,
      jobs: 1,
      force: false,
      signal: new AbortController().signal,
      onEvent: () => {},
      environment: {
        python: join(bin, 'python'),
        bin,
        prefix: dirname(bin),
        kind: 'venv',
        evidence: 'the test',
      },
    });
    assert.equal(
      run?.status,
      'succeeded',
      run?.log === null ? run.reason : readFileSync(run?.log ?? '', 'utf8'),
    );
    const made = readFileSync(join(root, 'made.csv'), 'utf8');
    assert.equal(made, 'a,words\n1,0.5 it is $(touch pwned)\n');
    const statusNow = async () => (await readStatus(await detect(), stateFolder))[0];
    assert.equal((await statusNow())?.status, 'fresh');
    writeFileSync(join(root, 'rows.csv'), 'a\n2\n');
    assert.deepEqual(await statusNow(), {
      id: 'main',
      status: 'stale',
      reasons: ['rows.csv changed'],
    });
  });

  it('takes values of its parameters for one run', async () => {
    const [stage] = (await detect()).stages;
    assert.ok(stage);
    const tool = stageToolOf(stage);
    assert.deepEqual(await tool.settable?.(stage, root), {
      keys: ['alpha', 'note'],
    });
    const set = [{ key: 'alpha', text: '0.9' }];
    assert.deepEqual(tool.invocation?.(stage, { force: true, set }).arguments.slice(-2), [
      '-P',
      'alpha=0.9',
    ]);
  });
});
