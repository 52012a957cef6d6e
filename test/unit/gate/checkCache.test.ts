import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCheckState, recallCheck } from '../../../src/gate/checkCache';
import { readLastGate } from '../../../src/gate/lastGate';
import { TempFolder, withEnvironment } from '../git/tempRepository';
import { BROKEN, GateProject } from './gateProject';

describe('the memory of the last verdict', function () {
  this.timeout(30_000);
  let folder: TempFolder;
  let project: GateProject;

  beforeEach(() => {
    folder = new TempFolder();
    project = GateProject.begin(folder.path);
  });
  afterEach(() => folder.dispose());

  const recall = () => recallCheck(project.root);
  const key = async () => (await readCheckState(project.root))?.key;

  it('gives the same verdict while nothing has changed, refusals too', async () => {
    assert.equal(await recall(), undefined);
    project.stage({ 'data/patients.csv': BROKEN });
    const report = await project.check();
    const recalled = await recall();
    assert.deepEqual({ ...recalled, seconds: 0 }, { ...report, seconds: 0 });
  });

  it('does not mind what is not staged, nor files that were only touched', async () => {
    project.stage({ 'metrics.json': '{ "accuracy": 0.91 }' });
    await project.check();
    project.write('data/patients.csv', BROKEN);
    project.write('README.md', 'x\n');
    project.git('status');
    assert.equal((await recall())?.verdict, 'pass');
  });

  it('does not know an index, a HEAD, a branch, a ref or a folder that it has not seen', async () => {
    const changes: readonly (() => void)[] = [
      () => project.stage({ 'README.md': 'y\n' }),
      () => project.git('commit', '--quiet', '--allow-empty', '-m', 'x'),
      () => project.git('checkout', '--quiet', '-b', 'other'),
      () => project.git('tag', 'v1'),
      () => project.git('checkout', '--quiet', '--detach'),
      () => project.git('update-index', '--chmod=+x', 'README.md'),
      () => project.write('empty.csv', ''),
    ];
    const keys = [await key()];
    for (const change of changes) {
      change();
      project.git('add', '--intent-to-add', '--all');
      keys.push(await key());
    }
    project.git('add', '--all');
    keys.push(await key());
    assert.equal(new Set(keys).size, changes.length + 2);
    assert.notEqual((await readCheckState(join(project.root, 'data')))?.key, keys.at(-1));
  });

  it('knows the same folder by another link', async () => {
    const link = join(dirname(project.root), 'link');
    symlinkSync(project.root, link);
    assert.equal((await readCheckState(link))?.key, await key());
  });

  it('looks at the index that git names', async () => {
    const before = await key();
    project.gitWith({ GIT_INDEX_FILE: '.git/other' }, 'read-tree', '--empty');
    const variables = { GIT_INDEX_FILE: join(project.root, '.git/other') };
    assert.notEqual(await withEnvironment(variables, key), before);
  });

  it('tries again what could not be judged', async () => {
    project.stage({ 'metrics.json': '{' });
    assert.ok((await project.check()).unjudged);
    assert.equal(await recall(), undefined);
  });

  it('takes no harm from a file that is cut off, foreign or of another version', async () => {
    project.stage({ 'metrics.json': '{ "accuracy": 0.91 }' });
    await project.check();
    const path = join(project.root, '.git/preflight/check-cache.json');
    const good = readFileSync(path, 'utf8');
    const cache = JSON.parse(good) as { report: object };
    const bad = [
      '',
      good.slice(0, 200),
      '[]',
      'null',
      '{"report":{}}',
      good.replace('"blocks"', '"b"'),
    ];
    for (const text of [...bad, JSON.stringify({ ...cache, foreign: 1 })]) {
      writeFileSync(path, text);
      assert.equal(await recall(), undefined, text.slice(0, 40));
    }
    writeFileSync(path, good);
    assert.ok(await recall());
  });

  it('forgets where a file outside git that it rests on has changed', async () => {
    project.stage({ 'metrics.json': '{ "accuracy": 0.91 }' });
    await project.check();
    const path = join(project.root, '.git/preflight/check-cache.json');
    const cache = JSON.parse(readFileSync(path, 'utf8')) as object;
    const foreign = [{ path: join(project.root, 'README.md'), size: 1, mtimeMs: 1 }];
    writeFileSync(path, JSON.stringify({ ...cache, foreign }));
    assert.equal(await recall(), undefined);
  });

  it('is not used, and not written, where it is not wanted', async () => {
    project.stage({ 'metrics.json': '{ "accuracy": 0.91 }' });
    await project.check({ useCache: false });
    assert.equal(project.stateFile('check-cache.json'), undefined);
  });

  it('writes the record for editors again, with its own time', async () => {
    project.stage({ 'metrics.json': '{ "accuracy": 0.5 }' });
    const state = join(project.root, '.git/preflight');
    await project.check();
    assert.equal(await readLastGate(state), undefined, 'a host that asks for none gets none');
    await recallCheck(project.root, { hook: true });
    const first = await readLastGate(state);
    assert.ok(
      first?.hook === true && first.blocks && first.head === project.git('rev-parse', 'HEAD'),
    );
    await recallCheck(project.root, { hook: false });
    const second = await readLastGate(state);
    assert.ok(second?.hook === false && second.time >= first.time);
  });

  it('reads no record that is none', async () => {
    const state = join(project.root, '.git/preflight');
    await project.check({ hook: true });
    for (const text of ['', '{', 'null', '[]', '{"headline":"x","time":1}']) {
      writeFileSync(join(state, 'last-gate.json'), text);
      assert.equal(await readLastGate(state), undefined, text);
    }
  });
});
