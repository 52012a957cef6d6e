import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidationReport } from '../../src/data/report';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { COMMAND_LINE, spawnIn, type Outcome } from './commandLine';

const ROWS = Array.from({ length: 60_000 }, (_, row) => `${row},Zoë ${row % 7}`).join('\n');

/** A limit on the size of files stands for a disk that is full: the system refuses to write on, at the same places. */
describe('a full disk', function () {
  this.timeout(120_000);
  let project: SampleProject;
  before(async function () {
    if (process.platform === 'win32') this.skip();
    project = await makeEmptyProject();
    await project.run('git', 'init', '-q', '-b', 'main');
    mkdirSync(join(project.root, 'data'));
    mkdirSync(join(project.root, '.git/temporary'));
    // Of these, only what is not UTF-8 is read from a copy.
    writeFileSync(
      join(project.root, 'data/latin.csv'),
      Buffer.from(`id,name\n${ROWS}\n`, 'latin1'),
    );
    writeFileSync(join(project.root, 'data/plain.csv'), `id,name\n${ROWS}\n`);
  });
  after(() => project.dispose());

  /** @param blocks of 512 bytes (POSIX, sh, ulimit) */
  function preflightWithin(blocks: number, ...words: readonly string[]): Promise<Outcome> {
    const script = `ulimit -f ${blocks}; export TMPDIR="$PWD/.git/temporary"; exec "$@"`;
    return spawnIn(project, 'sh', ['-c', script, 'sh', process.execPath, COMMAND_LINE, ...words]);
  }
  const leftovers = (folder: string): readonly string[] =>
    readdirSync(join(project.root, '.git', folder), { recursive: true }).map(String);

  it('leaves what needs it unjudged, says where, and judges the rest', async () => {
    const { code, stdout } = await preflightWithin(1000, 'validate', '--format', 'json');
    assert.equal(code, 2);
    const { datasets } = JSON.parse(stdout) as ValidationReport;
    assert.deepEqual(
      datasets.map(({ path, verdict, rows, problems }) => [
        path,
        verdict,
        rows,
        problems.map((problem) => [problem.code, problem.file]),
      ]),
      [
        ['data/latin.csv', 'inconclusive', 0, [['disk-full', 'data/latin.csv']]],
        ['data/plain.csv', 'pass', 60_000, []],
      ],
    );
    const [problem] = datasets.flatMap(({ problems }) => problems);
    assert.match(problem?.message ?? '', /takes more disk than is free in .*\.git\/temporary\.$/);
    assert.match(problem?.fix ?? '', /set TMPDIR/);
    assert.deepEqual(leftovers('temporary'), []);
  });

  it('costs the cache, and nothing half-written stays in it', async () => {
    // Not old enough before to be known by its times.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const { code, stdout, stderr } = await preflightWithin(2, 'validate', 'plain');
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /data\/plain\.csv: pass \(60,000 rows/);
    for (const name of leftovers('preflight')) assert.doesNotMatch(name, /\.tmp$/);
    const again = await preflightWithin(1000, 'validate', 'plain');
    assert.equal(again.code, 0);
  });

  it('keeps what is staged from being judged where git cannot write it out', async () => {
    await project.run('git', 'add', '-A');
    const { code, stdout } = await preflightWithin(1000, 'check', '--staged');
    assert.equal(code, 2);
    assert.match(stdout, /COULD NOT JUDGE/);
    assert.match(stdout, /Cannot write .*preflight\/content\/.*EFBIG/);
    assert.match(stdout, /Free disk space there/);
    assert.deepEqual(
      leftovers('preflight').filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('is told where a baseline cannot be written; the old one stays', async () => {
    const { code } = await preflightWithin(1000, 'validate', 'plain', '--write-baseline');
    assert.equal(code, 0);
    const kept = () => [
      readdirSync(join(project.root, '.preflight'), { recursive: true }),
      readFileSync(join(project.root, '.preflight/baselines/plain.json'), 'utf8'),
    ];
    const before = kept();
    const again = await preflightWithin(1, 'validate', 'plain', '--write-baseline');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /\.preflight\/baselines\/plain\.json: It cannot be written: EFBIG/);
    assert.deepEqual(kept(), before);
  });
});
