import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { DoctorReport } from '../../src/pipeline/doctor/doctorReport';
import { copySample, makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { preflight, preflightJson } from './commandLine';

describe('ml-preflight doctor', function () {
  this.timeout(120_000);
  let project: SampleProject;
  afterEach(() => project.dispose());

  const lineOf = (report: DoctorReport, id: string) =>
    report.groups.flatMap(({ lines }) => lines).find((line) => line.id === id);

  it('of a project that can work: 0, with the versions that the tools say themselves', async () => {
    project = await copySample('tumours');
    const { code, json, stderr } = await preflightJson<DoctorReport>(project, 'doctor');
    assert.deepEqual([code, json.canWork, stderr], [0, true, '']);
    assert.match(json.headline, /^Everything that is needed is here/);
    const dvc = await project.run('dvc', '--version');
    assert.equal(lineOf(json, 'tool.dvc')?.facts?.['version'], dvc.trim());
    const git = await project.run('git', '--version');
    assert.ok(git.includes(String(lineOf(json, 'git.program')?.facts?.['version'])));
    assert.equal(lineOf(json, 'engine')?.state, 'ok');
  });

  it('of a project whose tool is missing: 1, and how to get it', async () => {
    project = await makeEmptyProject();
    const file = join(project.root, 'dvc.yaml');
    await writeFile(file, 'stages:\n  train:\n    cmd: python train.py\n');
    const environment = { ...project.environment, PATH: '/usr/bin:/bin' };
    const { code, stdout } = await preflight({ ...project, environment }, 'doctor');
    assert.equal(code, 1);
    assert.match(stdout, /^Something needed is missing: dvc: not found/);
    assert.match(stdout, /pip install dvc/);
  });

  it('as Markdown: without the home folder', async () => {
    project = await makeEmptyProject();
    const environment = { ...project.environment, HOME: project.root };
    const { stdout } = await preflight(
      { ...project, environment },
      'doctor',
      '--format',
      'markdown',
    );
    assert.match(stdout, /^\*\*/);
    assert.ok(!stdout.includes(project.root), stdout);
  });
});
