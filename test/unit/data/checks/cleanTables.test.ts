import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from '../../../../src/data/checks/checks';
import type { Profile } from '../../../../src/data/profile/profile';
import { DataError } from '../../../../src/data/engine/dataError';
import { inferSchema } from '../../../../src/data/schema/inferSchema';
import { formatOfPath } from '../../../../src/project/classify/datasetPath';
import { factsOfFiles, problemOf, profileFiles, profileText } from '../dataFixtures';
import { contextOf } from './handMade';

const TABLES = join(__dirname, '../../../../node_modules/vega-datasets/data');
/** Not tables, or too large for a unit test. */
const LEFT_OUT = /^flights-(200k|3m)|^us-10m|^world|^londonTube|^londonBoroughs/;

/** The first column of two to ten classes, as if it were to be told from the others. */
function labelOf({ columns }: Profile): string | undefined {
  return columns.find(({ categories = [] }) => categories.length >= 2 && categories.length <= 10)
    ?.name;
}

describe('public tables on a first look', function () {
  this.timeout(120_000);

  it('give nothing to fix', async () => {
    const grave: string[] = [];
    let tables = 0;
    for (const name of readdirSync(TABLES).sort()) {
      const format = formatOfPath(name);
      if (format === undefined || LEFT_OUT.test(name)) continue;
      try {
        const current = await profileFiles([join(TABLES, name)], { format });
        tables++;
        const label = labelOf(current);
        const ask = { duplicates: true, ...(label === undefined ? {} : { label }) } as const;
        const facts = await factsOfFiles([join(TABLES, name)], ask, { format });
        const findings = runChecks(contextOf({ current: { ...current, facts } }));
        for (const { rule, column, severity } of findings)
          if (severity !== 'info') grave.push(`${name}: ${severity} ${rule}:${column}`);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
    }
    assert.deepEqual(grave, []);
    assert.ok(tables >= 40, `${tables} tables were read`);
  });
});

describe('public tables whose label is known', function () {
  this.timeout(60_000);

  /** With a schema, where a leak would be an error. */
  for (const [name, label] of [
    ['penguins.json', 'Species'],
    ['penguins.json', 'Sex'],
    ['cars.json', 'Origin'],
    ['birdstrikes.csv', 'Cost Total $'],
    ['seattle-weather.csv', 'weather'],
    ['movies.json', 'Major Genre'],
    ['barley.json', 'yield'],
  ] as const) {
    it(`do not give away ${label} of ${name}`, async () => {
      const path = join(TABLES, name);
      const format = formatOfPath(name);
      assert.ok(format !== undefined);
      const current = await profileFiles([path], { format });
      const facts = await factsOfFiles([path], { duplicates: true, label }, { format });
      assert.ok((facts.label?.associations.length ?? 0) > 2);
      const found = runChecks(
        contextOf({
          current: { ...current, facts },
          reference: { ...current, facts },
          schema: inferSchema(current),
        }),
      );
      assert.deepEqual(
        found.filter(({ severity }) => severity !== 'info').map(({ message }) => message),
        [],
      );
    });
  }
});

describe('the engine, asked by a schema', function () {
  this.timeout(30_000);

  it('counts the values that do not match a pattern as a whole', async () => {
    const pattern = '[A-Z]{2}[0-9]';
    const shape = new Map([['x', { pattern }]]);
    const { columns } = await profileText('x,y\nAB1,1\nAB1,2\nAB12,3\nab1,4\n,5\n', { shape });
    assert.deepEqual(
      columns.map(({ patternMisses }) => patternMisses),
      [2, undefined],
    );
    const problem = await problemOf('x\na\n', { shape: new Map([['x', { pattern: '(' }]]) });
    assert.equal(problem.code, 'pattern-invalid');
    assert.match(problem.message, /"\("/);
    const quoted = await profileText("x\nit's\n", { shape: new Map([['x', { pattern: "it's" }]]) });
    assert.equal(quoted.columns[0]?.patternMisses, 0);
  });

  it('tells how the file is written', async () => {
    const files = async (text: string | Uint8Array) => (await profileText(text)).files;
    assert.deepEqual(await files('a,b\n1,2\n'), {
      delimiter: ',',
      lineEnding: 'lf',
      bom: false,
      encoding: 'utf-8',
    });
    assert.deepEqual(await files('\uFEFF"a";b\r\n1;2\r\n'), {
      delimiter: ';',
      quote: '"',
      lineEnding: 'crlf',
      bom: true,
      encoding: 'utf-8',
    });
    const latin = await files(Buffer.from('a\tb\nM\u00FCller\t2\n', 'latin1'));
    assert.deepEqual([latin?.delimiter, latin?.encoding], ['\t', 'windows-1252']);
    assert.equal((await profileText('[{"a":1}]', { format: 'json' })).files, undefined);
  });
});
