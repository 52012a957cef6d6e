import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listModelVersions } from '../../../src/models/listVersions';
import type { Project } from '../../../src/project/project';
import { TempFolder, TempRepository } from '../git/tempRepository';
import { makeProject } from './modelProject';

describe('listModelVersions', () => {
  let folder: TempFolder;
  let temp: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
  });
  afterEach(() => folder.dispose());

  const list = async (project: Project, max = 100) => {
    const listed = await listModelVersions(project, await temp.open(), { max });
    assert.ok(listed.ok);
    return listed.value;
  };

  it('has no versions before the first commit', async () => {
    const project = makeProject(temp.root, ['m.json'], { forest: ['m.json'] });
    assert.deepEqual(await list(project), [{ name: 'forest', versions: [] }]);
  });

  it('has every commit that changed the metrics, with them, newest first', async () => {
    const first = temp.commit('First', { 'out/mé.json': '{"auc": 0.8}' });
    temp.commit('Elsewhere', { 'train.py': '' });
    const second = temp.commit('Second\n\nbody', {
      'out/mé.json': '{"auc": 0.9, "loss": NaN, "ok": true}',
    });
    const [history, ...others] = await list(
      makeProject(temp.root, ['out/mé.json'], { forest: ['out/mé.json'] }),
    );
    const timeOf = (commit: string) =>
      Number(temp.git('show', '-s', '--format=%at', commit)) * 1000;
    const common = { author: 'Ada Lövelace', source: 'git', stages: [] };
    assert.deepEqual(others, []);
    assert.deepEqual(history, {
      name: 'forest',
      versions: [
        {
          ...common,
          version: second.slice(0, 7),
          commit: second,
          time: timeOf(second),
          subject: 'Second',
          metrics: { auc: 0.9 },
        },
        {
          ...common,
          version: first.slice(0, 7),
          commit: first,
          time: timeOf(first),
          subject: 'First',
          metrics: { auc: 0.8 },
        },
      ],
    });
  });

  it('names a version by its tag, the tag of the model first', async () => {
    temp.commit('1', { 'm.json': '{"auc": 1}' });
    temp.git('tag', 'a-release');
    temp.git('tag', 'forest@v1.2.0');
    temp.git('tag', 'forest#prod#1');
    temp.commit('2', { 'm.json': '{"auc": 2}' });
    temp.git('tag', 'forest#prod#2');
    temp.commit('3', { 'm.json': '{"auc": 3}' });
    temp.git('tag', '-a', '2026-01', '-m', 'x');
    const [history] = await list(makeProject(temp.root, [], { forest: ['m.json'] }));
    assert.deepEqual(
      history?.versions.map(({ version }) => version),
      ['2026-01', temp.git('rev-parse', '--short=7', 'HEAD~1'), 'forest@v1.2.0'],
    );
  });

  it('leaves out commits that removed the metrics, and shows unreadable ones without any', async () => {
    const project = makeProject(temp.root, ['m.json']);
    temp.commit('appears', { 'm.json': '{"auc": 0.8}' });
    rmSync(join(temp.root, 'm.json'));
    temp.commit('vanishes');
    temp.commit('broken', { 'm.json': '{"auc": ' });
    temp.commit('returns', { 'm.json': '{"auc": 0.9}' });
    const [history] = await list(project);
    assert.deepEqual(
      history?.versions.map(({ subject, metrics }) => [subject, metrics]),
      [
        ['returns', { auc: 0.9 }],
        ['broken', {}],
        ['appears', { auc: 0.8 }],
      ],
    );
    const [short] = await list(project, 2);
    assert.deepEqual(
      short?.versions.map(({ subject }) => subject),
      ['returns', 'broken'],
    );
  });

  it('keeps the models of a repository apart, and the files of a model', async () => {
    const below = join(temp.root, 'team one');
    temp.commit('a', { 'team one/a.json': '{"auc": 1}', 'a.json': '{"auc": 9}' });
    temp.commit('b', { 'team one/b/x.json': '{"auc": 2}', 'team one/b/y.yaml': 'auc: 3' });
    temp.commit('y', { 'team one/b/y.yaml': 'auc: 4' });
    const project = makeProject(below, ['a.json', 'b/x.json', 'b/y.yaml'], {
      two: ['b/x.json', 'b/y.yaml'],
      none: [],
    });
    const histories = (await list(project)).map(({ name, versions }) => [
      name,
      versions.map(({ subject, metrics }) => [subject, metrics]),
    ]);
    assert.deepEqual(histories, [
      [
        'two',
        [
          ['y', { 'b/x.json:auc': 2, 'b/y.yaml:auc': 4 }],
          ['b', { 'b/x.json:auc': 2, 'b/y.yaml:auc': 3 }],
        ],
      ],
      ['none', []],
      ['a.json', [['a', { auc: 1 }]]],
    ]);
  });

  it('shows a merge where its metrics are neither those of the one side nor of the other', async () => {
    const project = makeProject(temp.root, ['m.json']);
    temp.commit('base', { 'm.json': '{"auc": 0}' });
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.commit('side', { 'm.json': '{"auc": 1}' });
    temp.git('checkout', '--quiet', 'main');
    temp.commit('elsewhere', { x: '' });
    temp.git('merge', '--quiet', '-m', 'clean', 'side');
    const subjects = async () => (await list(project))[0]?.versions.map(({ subject }) => subject);
    assert.deepEqual(await subjects(), ['side', 'base']);
    temp.git('checkout', '--quiet', '-b', 'third', 'HEAD~1');
    temp.commit('third', { 'm.json': '{"auc": 2}' });
    assert.throws(() => temp.git('merge', '--quiet', 'main'));
    temp.commit('resolved', { 'm.json': '{"auc": 3}' });
    assert.deepEqual(await subjects(), ['resolved', 'third', 'side', 'base']);
  });

  it('starts two git processes, however many commits there are', async () => {
    for (let index = 0; index < 30; index++)
      temp.commit(`${index}`, { 'a.json': `{"auc": ${index}}`, 'b.json': `{"auc": ${-index}}` });
    const trace = join(temp.root, '.git', 'trace');
    const before = process.env['GIT_TRACE'];
    process.env['GIT_TRACE'] = trace;
    try {
      await list(makeProject(temp.root, ['a.json', 'b.json'], { a: ['a.json'] }));
    } finally {
      if (before === undefined) delete process.env['GIT_TRACE'];
      else process.env['GIT_TRACE'] = before;
    }
    const started = readFileSync(trace, 'utf8').match(/trace: built-in: git .*/g) ?? [];
    assert.equal(started.length, 2, started.join('\n'));
  });
});
