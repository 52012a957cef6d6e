import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFailure } from '../../../src/pipeline/failures/readFailure';
import { readTraceback } from '../../../src/pipeline/failures/traceback';
import type { RecordedRun } from '../../../src/pipeline/ledger/recordedRun';

describe('the failure of a Python stage', () => {
  let root = '';
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'failure-')));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  /** What the real Python of this machine says of a script that fails. */
  function outputOf(script: string): string {
    writeFileSync(join(root, 'train.py'), script);
    try {
      execFileSync('python3', ['train.py'], { cwd: root, stdio: 'pipe' });
    } catch (error) {
      return String((error as { stderr: Buffer }).stderr);
    }
    throw new Error('the script did not fail');
  }

  async function failureOf(script: string) {
    const log = join(root, 'stage.log');
    writeFileSync(log, `epoch 1\n${outputOf(script)}`);
    return readFailure({ log, cwd: root } as RecordedRun, root);
  }

  it('is told with the innermost line of the project, not with that of a library', async () => {
    assert.deepEqual(
      await failureOf('import json\n\ndef load():\n    json.loads("{")\n\nload()\n'),
      {
        error:
          'json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
        place: { file: 'train.py', line: 4 },
      },
    );
  });

  it('is the last one of a chain, with its own place', async () => {
    const script =
      'try:\n    int("a")\nexcept ValueError as error:\n    raise RuntimeError("no data") from error\n';
    assert.deepEqual(await failureOf(script), {
      error: 'RuntimeError: no data',
      place: { file: 'train.py', line: 4 },
    });
  });

  it('is known without a message, of a syntax error, and of several lines', async () => {
    assert.equal((await failureOf('assert 1 == 2\n'))?.error, 'AssertionError');
    assert.deepEqual((await failureOf('x = (\n'))?.place, { file: 'train.py', line: 1 });
    assert.equal((await failureOf('raise ValueError("one\\ntwo")\n'))?.error, 'ValueError: one');
  });

  it('is not seen where there is none', async () => {
    assert.equal(readTraceback('File not found\nValueError: printed by hand\n'), undefined);
    const gone = { log: join(root, 'gone.log'), cwd: root } as RecordedRun;
    assert.equal(await readFailure(gone, root), undefined);
  });
});
