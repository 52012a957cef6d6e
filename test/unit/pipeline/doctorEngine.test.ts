import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectEngine } from '../../../src/data/engine/engineInstallation';

const REPOSITORY = join(__dirname, '..', '..', '..');

describe('inspectEngine', () => {
  it('finds the library that DuckDB itself loads, and its version', () => {
    const found = inspectEngine({ file: join(REPOSITORY, 'esbuild.mjs'), execArgv: [] });
    assert.ok(found.ok);
    const { library, version } = found.value;
    assert.ok(existsSync(library));
    const script =
      'const { library_version: tell } = require("@duckdb/node-bindings"); console.log(tell())';
    const loaded = execFileSync(process.execPath, ['-e', script], { cwd: REPOSITORY });
    assert.equal(`v${version}`, loaded.toString().trim());
  });

  it('says that the engine, or its packages, are not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'preflight-engine-'));
    try {
      const file = join(folder, 'engine.js');
      const without = inspectEngine({ file, execArgv: [] });
      assert.ok(!without.ok);
      assert.match(without.problem.message, /engine\.js is not there/);
      await writeFile(file, '');
      const alone = inspectEngine({ file, execArgv: [] });
      assert.ok(!alone.ok);
      assert.match(alone.problem.message, /@duckdb\/node-api/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
