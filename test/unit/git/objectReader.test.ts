import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CatFileParser, type CatFileAnswer } from '../../../src/git/catFileParser';
import { MAX_OBJECT_BYTES, ObjectReader } from '../../../src/git/objectReader';
import type { PipedProcess } from '../../../src/git/runGit';
import { TempFolder, TempRepository } from './tempRepository';

describe('ObjectReader', () => {
  let folder: TempFolder;
  let temp: TempRepository;
  let reader: ObjectReader;

  beforeEach(async () => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
    reader = new ObjectReader(await temp.open());
  });
  afterEach(() => {
    reader.dispose();
    folder.dispose();
  });

  const processOf = (): PipedProcess => Reflect.get(reader, 'child') as PipedProcess;

  it('answers many questions in one process, each with its own object', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`files/${index}`, `${index}\n`.repeat(index * 7)]),
    );
    const commit = temp.commit('many', files);
    assert.ok((await reader.read(`${commit}:files/1`)).ok);
    const { pid } = processOf();
    const answers = await Promise.all(
      Object.keys(files).map((path) => reader.read(`${commit}:${path}`)),
    );
    assert.deepEqual(
      answers.map((answer) => answer.ok && answer.value?.toString()),
      Object.values(files),
    );
    assert.equal(processOf().pid, pid);
  });

  it('answers undefined for what is not there, and goes on', async () => {
    const commit = temp.commit('one', { 'sp ace/é.txt': 'here', binary: '\0\n\r\n' });
    const specs = ['HEAD:gone', 'no such thing', '', '0'.repeat(40), 'HEAD\nHEAD', ' missing'];
    for (const spec of specs)
      assert.deepEqual(await reader.read(spec), { ok: true, value: undefined }, spec);
    const found = await reader.read(`${commit}:sp ace/é.txt`);
    assert.equal(found.ok && found.value?.toString(), 'here');
    const bytes = await reader.read('HEAD:binary');
    assert.deepEqual(bytes.ok && bytes.value, Buffer.from('\0\n\r\n'));
  });

  it('sees commits that were made after it started', async () => {
    temp.commit('one', { file: '1' });
    assert.ok((await reader.read('HEAD:file')).ok);
    const second = temp.commit('two', { file: '2' });
    temp.git('gc', '--quiet');
    const found = await reader.read(`${second}:file`);
    assert.equal(found.ok && found.value?.toString(), '2');
  });

  it('fetches nothing in a partial clone: what is not here is missing', async () => {
    const oid = temp.commit('one', { file: 'elsewhere' }) && temp.git('rev-parse', 'HEAD:file');
    temp.git('config', 'uploadpack.allowFilter', 'true');
    temp.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const partial = join(temp.root, 'partial');
    temp.git(
      'clone',
      '--quiet',
      '--no-checkout',
      '--filter=blob:none',
      `file://${temp.root}`,
      partial,
    );
    const clone = new TempRepository(partial, { isNew: false });
    const partialReader = new ObjectReader(await clone.open());
    try {
      const answer = await partialReader.read(oid);
      assert.notEqual(answer.ok && answer.value?.toString(), 'elsewhere');
    } finally {
      partialReader.dispose();
    }
    // Git by itself would have fetched it.
    assert.equal(clone.git('cat-file', 'blob', oid), 'elsewhere');
  });

  it('gives a problem when git is killed, and starts another for the next read', async () => {
    temp.commit('one', { file: 'content' });
    assert.ok((await reader.read('HEAD:file')).ok);
    const killed = processOf();
    killed.kill('SIGSTOP');
    const waiting = Array.from({ length: 200 }, () => reader.read('HEAD:file'));
    killed.kill('SIGKILL');
    for (const answer of await Promise.all(waiting)) {
      assert.ok(!answer.ok);
      assert.equal(answer.problem.code, 'git-failed');
    }
    const next = await reader.read('HEAD:file');
    assert.equal(next.ok && next.value?.toString(), 'content');
  });

  it('refuses to keep a huge object, writes it to a file, and goes on', async () => {
    const huge = Buffer.alloc(MAX_OBJECT_BYTES + 1, 'a');
    temp.write('huge', huge);
    temp.commit('huge', { small: 's' });
    const [refused, small] = await Promise.all([
      reader.read('HEAD:huge'),
      reader.read('HEAD:small'),
    ]);
    assert.ok(!refused.ok);
    assert.equal(refused.problem.code, 'object-too-large');
    assert.equal(small.ok && small.value?.toString(), 's');

    const target = join(temp.root, 'new folder', 'copy');
    assert.deepEqual(await reader.writeBlobTo(temp.git('rev-parse', 'HEAD:huge'), target), {
      ok: true,
      value: undefined,
    });
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    assert.equal(digest(readFileSync(target)), digest(huge));
  });

  it('leaves no half file behind where there is no such blob', async () => {
    const written = await reader.writeBlobTo('0'.repeat(40), join(temp.root, 'out', 'copy'));
    assert.ok(!written.ok);
    assert.equal(written.problem.code, 'git-failed');
    assert.equal(
      existsSync(join(temp.root, 'out')) && readdirSync(join(temp.root, 'out')).length,
      0,
    );
  });

  it('ends git, and answers who still waits, when it is disposed', async () => {
    temp.commit('one', { file: 'content' });
    assert.ok((await reader.read('HEAD:file')).ok);
    const child = processOf();
    child.kill('SIGSTOP');
    const waiting = reader.read('HEAD:file');
    const ended = new Promise((resolve) => child.on('close', resolve));
    reader.dispose();
    child.kill('SIGCONT');
    const answer = await waiting;
    assert.equal(answer.ok, false);
    await ended;
    assert.equal((await reader.read('HEAD:file')).ok, false);
  });
});

describe('CatFileParser', () => {
  it('gives the same answers however the output is cut', () => {
    const object = fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ bytes: Buffer.from(bytes) }));
    const answers = fc.array(fc.option(object, { nil: 'missing' as const }), { maxLength: 8 });
    fc.assert(
      fc.property(answers, fc.array(fc.nat({ max: 20 })), (expected, cuts) => {
        const output = Buffer.concat(
          expected.map((answer) =>
            answer === 'missing'
              ? Buffer.from('HEAD:x missing\n')
              : Buffer.concat([
                  Buffer.from(`${'a'.repeat(40)} blob ${answer.bytes.length}\n`),
                  answer.bytes,
                  Buffer.from('\n'),
                ]),
          ),
        );
        const received: CatFileAnswer[] = [];
        const parser = new CatFileParser(30, (answer) => received.push(answer));
        let start = 0;
        for (const cut of [...cuts, output.length]) {
          parser.push(output.subarray(start, start + cut));
          start += cut;
        }
        assert.deepEqual(
          received,
          expected.map((answer) => {
            if (answer === 'missing') return { kind: 'missing' };
            const size = answer.bytes.length;
            return size > 30
              ? { kind: 'too-large', size }
              : { kind: 'object', type: 'blob', size, content: answer.bytes };
          }),
        );
      }),
    );
  });
});
