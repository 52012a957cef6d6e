import assert from 'node:assert/strict';
import type { DatasetDiff } from '../../../src/data/rowDiff/rowDiff';
import { formatRowDiff } from '../../../src/cli/rowDiffText';
import { diffDataset, type DiffDatasetRequest } from '../../../src/data/rowDiff/diffDataset';
import { GateProject, patients, PREFLIGHT } from '../gate/gateProject';
import { TempFolder } from '../git/tempRepository';

describe('the difference of two versions of a dataset', function () {
  this.timeout(60_000);
  let folder: TempFolder;
  let project: GateProject;

  beforeEach(() => {
    folder = new TempFolder();
    project = GateProject.begin(folder.path);
  });
  afterEach(() => folder.dispose());

  async function diff(options: Partial<DiffDatasetRequest> = {}) {
    return diffDataset({ ...(await project.dataRequest()), dataset: 'patients', ...options });
  }
  async function diffOf(options: Partial<DiffDatasetRequest> = {}): Promise<DatasetDiff> {
    const compared = await diff(options);
    assert.ok(compared.ok, compared.ok ? '' : compared.problem.message);
    return compared.value;
  }
  async function problemOf(options: Partial<DiffDatasetRequest> = {}): Promise<string> {
    const compared = await diff(options);
    return compared.ok ? '' : compared.problem.code;
  }

  it('is that of the last commit and the work tree, by the declared key', async () => {
    const text = patients(302)
      .replace('\n1,10.25,malignant\n', '\n')
      .replace('\n2,10.5,', '\n2,11,');
    project.write('data/patients.csv', text);
    const found = await diffOf();
    const head = project.git('rev-parse', '--short=7', 'HEAD');
    assert.deepEqual(found.versions, { from: `HEAD (${head})`, to: 'worktree' });
    const { added, removed, changed, same, changes } = found;
    assert.deepEqual([added, removed, changed, same], [2, 1, 1, 298]);
    assert.deepEqual(changes, [{ column: 'radius', count: 1 }]);
    assert.equal(
      formatRowDiff(found),
      [
        `data/patients.csv: HEAD (${head}) (300 rows) → worktree (301 rows)`,
        '  2 added, 1 removed, 1 changed, 298 the same (found again by id)',
        '  radius: 1 value changed',
        '',
        'Added, of id, radius, group',
        '  + row 300: 300, 11.0, benign',
        '  + row 301: 301, 11.25, malignant',
        '',
        'Removed, of id, radius, group',
        '  - row 2: 1, 10.25, malignant',
        '',
        'Changed',
        '  ~ row 2 (2): radius 10.5 → 11.0',
      ].join('\n'),
    );
  });

  it('is that of any two versions', async () => {
    project.git('tag', 'v1');
    project.commit('more', { 'data/patients.csv': patients(310) });
    project.stage({ 'data/patients.csv': patients(320) });
    project.write('data/patients.csv', patients(330));
    const added = async (from: string, to: string) => {
      const found = await diffOf({ from, to });
      return found.added - found.removed;
    };
    assert.equal(await added('v1', 'HEAD'), 10);
    assert.equal(await added('HEAD', 'index'), 10);
    assert.equal(await added('index', 'worktree'), 10);
    assert.equal(await added('worktree', 'v1'), -30);
  });

  it('is of whole rows without a key, and says so', async () => {
    project.write('preflight.yaml', PREFLIGHT.replace(', key: id', ''));
    project.write('data/patients.csv', patients().replace('\n2,10.5,', '\n2,11,'));
    const found = await diffOf();
    assert.deepEqual([found.key, found.added, found.removed, found.changed], [undefined, 1, 1, 0]);
    assert.match(formatRowDiff(found), /compared as whole rows: no key is declared/);
  });

  it('is a problem where one of them is not there', async () => {
    assert.equal(await problemOf({ dataset: 'patient' }), 'dataset-unknown');
    assert.equal(await problemOf({ from: 'v9' }), 'revision-unknown');
    assert.equal(await problemOf({ repository: undefined }), 'not-a-repository');
    project.write(
      'preflight.yaml',
      PREFLIGHT.replace('models:', '  new: { path: new.csv }\nmodels:'),
    );
    project.write('new.csv', 'a\n1\n');
    assert.equal(await problemOf({ dataset: 'new' }), 'content-missing');
    project.write('data/patients.csv', 'id,radius\n1,2\n3\n');
    assert.equal(await problemOf(), 'csv-invalid');
  });

  it('is cancelled, and doubted where a file changes while it is read', async () => {
    const aborter = new AbortController();
    const cancelled = await problemOf({
      signal: aborter.signal,
      onProgress: ({ what }) => {
        if (what === 'reading the version before') aborter.abort();
      },
    });
    assert.equal(cancelled, 'cancelled');
    const changed = await problemOf({
      onProgress: ({ what }) => {
        if (what === 'reading the version before')
          project.write('data/patients.csv', patients(500));
      },
    });
    assert.equal(changed, 'content-changed');
  });
});
