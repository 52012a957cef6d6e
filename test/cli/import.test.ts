import assert from 'node:assert/strict';
import { cp, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRepository } from '../harness/repository';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { preflight, preflightJson } from './commandLine';

interface ImportJson {
  readonly dataset: string;
  readonly tool: string;
  readonly schema: string;
  readonly written: boolean;
  readonly untranslated: readonly { readonly what: string; readonly why: string }[];
}

const SCHEMAS = inRepository('test', 'unit', 'data', 'peerSchemas');

describe('import', function () {
  this.timeout(60_000);
  let project: SampleProject;
  const schemaOf = (name: string) =>
    readFile(join(project.root, `.preflight/schemas/${name}.yaml`), 'utf8');

  beforeEach(async () => {
    project = await makeEmptyProject();
    await mkdir(join(project.root, 'data'));
    for (const file of ['visits.csv', 'greatExpectations1.json', 'pandera35.yaml']) {
      await cp(join(SCHEMAS, file), join(project.root, 'data', file));
    }
  });
  afterEach(() => project.dispose());

  it('writes the schema of the only dataset, says what is left, and does so once', async () => {
    const file = 'data/greatExpectations1.json';
    const first = await preflightJson<ImportJson>(project, 'import', file);
    assert.equal(first.code, 0, first.stderr);
    const { dataset, tool, schema, written, untranslated } = first.json;
    assert.deepEqual(
      { dataset, tool, schema, written },
      {
        dataset: 'visits',
        tool: 'Great Expectations',
        schema: '.preflight/schemas/visits.yaml',
        written: true,
      },
    );
    assert.equal(untranslated.length, 6);
    assert.match(
      first.stderr,
      /^Not translated: expect_column_mean_to_be_between of "net": distributions are compared with the baseline instead\.$/m,
    );
    const text = await schemaOf('visits');
    assert.match(text, /^ {2}age: \{ type: number, nulls: 0\.05, min: 0, max: 120 \}$/m);
    const second = await preflight(project, 'import', file);
    assert.match(second.stdout, /already demands what Great Expectations does/);
    assert.equal(await schemaOf('visits'), text);
  });

  it('adds to a schema that is there, whose demands and comments stay', async () => {
    await mkdir(join(project.root, '.preflight/schemas'), { recursive: true });
    await project.edit(
      '.preflight/schemas/visits.yaml',
      () => 'columns:\n  net: { max: 99 } # agreed\n',
    );
    const imported = await preflightJson<ImportJson>(project, 'import', 'data/pandera35.yaml');
    assert.match(await schemaOf('visits'), /net: \{ max: 99, type: integer, nulls: 0 \} # agreed/);
    assert.ok(
      imported.json.untranslated.some(({ what }) => what === 'max 60 of "net"'),
      imported.stderr,
    );
  });

  it('goes to the dataset that is named, or that the tool names', async () => {
    await cp(join(SCHEMAS, 'visits.csv'), join(project.root, 'data', 'test.csv'));
    const pandera = 'data/pandera35.yaml';
    const called = await preflightJson<ImportJson>(project, 'import', pandera);
    assert.equal(called.json.dataset, 'visits');
    const named = await preflightJson<ImportJson>(project, 'import', pandera, '--dataset', 'test');
    assert.equal(named.json.schema, '.preflight/schemas/test.yaml');
    const mistyped = await preflight(project, 'import', pandera, '--dataset', 'tset');
    assert.equal(mistyped.code, 2);
    assert.match(
      mistyped.stderr,
      /There is no dataset "tset" in this project\. Did you mean "test"\?/,
    );
    await writeFile(
      join(project.root, 'people.json'),
      '{"properties": {"a": {"type": "integer"}}}',
    );
    const unsure = await preflight(project, 'import', 'people.json');
    assert.equal(unsure.code, 2);
    assert.match(unsure.stderr, /not known which dataset .* --dataset: test, visits\.$/m);
  });

  it('bad input: nothing is written, and the exit code is 2', async () => {
    const { root } = project;
    await writeFile(join(root, 'cut.json'), '{"expectations": [\n{"type": "expect');
    await writeFile(join(root, 'huge.json'), '');
    await truncate(join(root, 'huge.json'), 64 * 1024 * 1024 + 1);
    for (const [words, message] of [
      [[], /No file to import is named/],
      [['nowhere.json'], /nowhere\.json: It cannot be read: ENOENT/],
      [['data'], /data: It cannot be read: EISDIR/],
      [['cut.json'], /cut\.json:2: This is not valid JSON/],
      [['data/visits.csv'], /visits\.csv:1: This is none of the schemas that can be imported/],
      [['huge.json'], /huge\.json has 67108865 bytes; at most 67108864 bytes are read/],
    ] as const) {
      const { code, stdout, stderr } = await preflight(project, 'import', ...words);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    }
    await assert.rejects(schemaOf('visits'));
    await mkdir(join(root, '.preflight/schemas'), { recursive: true });
    await project.edit('.preflight/schemas/visits.yaml', () => 'columns: [\n');
    const broken = await preflight(project, 'import', 'data/pandera35.yaml');
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /visits\.yaml:\d+:\d+: This is not valid YAML/);
    assert.equal(await schemaOf('visits'), 'columns: [\n');
  });
});
