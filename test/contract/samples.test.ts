import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const PROJECTS = join(__dirname, '..', 'projects');

/**
 * The sample projects with their own tools: what is committed is what their scripts make, from the data to the
 * metrics. Needs the environment of test/projects/requirements.txt; its `bin` folder is in
 * ML_PREFLIGHT_TEST_PYTHON.
 */
describe('the sample projects', function () {
  this.timeout(180_000);
  let folder = '';
  let env: NodeJS.ProcessEnv;

  before(async () => {
    const bin = process.env['ML_PREFLIGHT_TEST_PYTHON'];
    assert.ok(
      bin,
      'ML_PREFLIGHT_TEST_PYTHON must name the bin folder of the environment of test/projects/requirements.txt.',
    );
    folder = await mkdtemp(join(tmpdir(), 'preflight-samples-'));
    env = {
      ...process.env,
      PATH: [bin, process.env['PATH']].join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      // DVC keeps its file index here: nothing of another copy may be found.
      DVC_SITE_CACHE_DIR: join(folder, 'dvc-site-cache'),
    };
    await copyVersionedFiles(PROJECTS, folder);
  });

  after(async () => {
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  const run = async (project: string, command: string, ...args: string[]) =>
    (await execute(command, args, { cwd: join(folder, project), env })).stdout;
  const remove = (...path: string[]) => rm(join(folder, ...path));
  const assertAsCommitted = async (...path: string[]) =>
    assert.equal(
      await readFile(join(folder, ...path), 'utf8'),
      await readFile(join(PROJECTS, ...path), 'utf8'),
      path.join('/'),
    );

  it('ask for the versions of the shared environment', async () => {
    const shared = await readLines(join(PROJECTS, 'requirements.txt'));
    for (const project of ['tumours', 'admissions']) {
      const own = await readLines(join(PROJECTS, project, 'requirements.txt'));
      assert.ok(own.length > 0);
      assert.deepEqual(
        own.filter((line) => !shared.includes(line)),
        [],
        project,
      );
    }
  });

  it('have the data that their makers write', async () => {
    const data = [
      ['tumours', 'data', 'tumours.csv'],
      ['admissions', 'data', 'admissions.csv'],
      ['admissions', 'data', 'requests.jsonl'],
    ];
    for (const path of data) await remove(...path);
    await run('.', 'python', 'make_tumours.py');
    await run('.', 'python', 'make_admissions.py');
    for (const path of data) await assertAsCommitted(...path);
  });

  describe('tumours', () => {
    it('is reproduced by DVC without a change', async () => {
      await remove('tumours', 'metrics.json');
      await remove('tumours', 'out', 'predictions.csv');
      await run('tumours', 'git', 'init', '--quiet');
      const stages = (await run('tumours', 'dvc', 'repro')).match(/(?<=^Running stage ').*(?=')/gm);
      assert.deepEqual(stages, ['prepare', 'train', 'evaluate']);
      await assertAsCommitted('tumours', 'metrics.json');
      await assertAsCommitted('tumours', 'out', 'predictions.csv');
      await assertAsCommitted('tumours', 'dvc.lock');
      assert.deepEqual(JSON.parse(await run('tumours', 'dvc', 'status', '--json')), {});
    });

    it('gets worse, and says so, when the forest is a stump', async () => {
      const params = join(folder, 'tumours', 'params.yaml');
      const text = await readFile(params, 'utf8');
      await writeFile(params, text.replace(/(n_estimators|max_depth): \d+/g, '$1: 1'));
      const rerun = await run('tumours', 'dvc', 'repro');
      assert.doesNotMatch(rerun, /Running stage 'prepare'/);
      const [base, stump] = await Promise.all(
        [PROJECTS, folder].map(async (root) => readMetrics(join(root, 'tumours'))),
      );
      assert.ok((stump?.['roc_auc'] ?? 1) < (base?.['roc_auc'] ?? 0) - 0.005);
    });
  });

  describe('admissions', () => {
    let service: ChildProcess | undefined;

    after(async () => {
      if (service?.kill()) await once(service, 'exit');
    });

    it('comes out of its scripts as committed', async () => {
      await remove('admissions', 'metrics.json');
      await remove('admissions', 'out', 'predictions.csv');
      await remove('admissions', 'models', 'model.v1.joblib');
      await run('admissions', 'python', 'data-ingestion/check_rows.py');
      await run('admissions', 'python', 'data-ingestion/load_warehouse.py');
      await run('admissions', 'python', 'train-eval-deploy/train.py');
      await run('admissions', 'python', 'train-eval-deploy/evaluate.py');
      await run('admissions', 'python', 'train-eval-deploy/deploy.py');
      await assertAsCommitted('admissions', 'metrics.json');
      await assertAsCommitted('admissions', 'out', 'predictions.csv');
    });

    it('deploys the same model only once', async () => {
      await run('admissions', 'python', 'train-eval-deploy/deploy.py');
      assert.deepEqual(await readdir(join(folder, 'admissions', 'models')), ['model.v1.joblib']);
    });

    it('answers a prediction with the score of the evaluation', async () => {
      service = spawn('python', ['model-serving/app.py', '--port', '0'], {
        cwd: join(folder, 'admissions'),
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const url = await readAddress(service);
      const applicants = await readTable(join(PROJECTS, 'admissions', 'data', 'admissions.csv'));
      const scores = await readTable(join(PROJECTS, 'admissions', 'out', 'predictions.csv'));
      for (const { id, score } of scores.slice(0, 20)) {
        const application = applicants.find((row) => row['applicant_id'] === id);
        const response = await fetch(`${url}/predict`, {
          method: 'POST',
          body: JSON.stringify(application),
        });
        assert.deepEqual(await response.json(), { admitted: score, model: 'model.v1' });
      }
      const incomplete = await fetch(`${url}/predict`, { method: 'POST', body: '{}' });
      assert.equal(incomplete.status, 400);
    });

    it('refuses a model below the configured minimum', async () => {
      const config = join(folder, 'admissions', 'config', 'config.yaml');
      const text = await readFile(config, 'utf8');
      await writeFile(config, text.replace(/minimum: .*/, 'minimum: 0.99'));
      await assert.rejects(run('admissions', 'python', 'train-eval-deploy/evaluate.py'), {
        code: 1,
      });
      await assert.rejects(run('admissions', 'python', 'train-eval-deploy/deploy.py'), { code: 1 });
    });
  });
});

/** Copies what git has or would add: no outputs of an earlier run. */
async function copyVersionedFiles(from: string, to: string): Promise<void> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await execute('git', list, { cwd: from });
  for (const path of stdout.split('\0').filter((name) => name !== ''))
    await cp(join(from, path), join(to, path));
}

async function readLines(path: string): Promise<readonly string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

async function readMetrics(project: string): Promise<Readonly<Record<string, number>>> {
  return JSON.parse(await readFile(join(project, 'metrics.json'), 'utf8'));
}

/** The rows of a CSV file without quotes; an empty field is null. */
async function readTable(path: string): Promise<readonly Record<string, unknown>[]> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const fields = line.split(',').map((field) => {
      if (field === '') return null;
      return Number.isNaN(Number(field)) ? field : Number(field);
    });
    return Object.fromEntries(header.split(',').map((name, index) => [name, fields[index]]));
  });
}

/** The address in the first line that a service prints. */
async function readAddress(service: ChildProcess): Promise<string> {
  assert.ok(service.stdout);
  for await (const line of createInterface({ input: service.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('The service ended before it listened.');
}
