import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPeerResults } from '../../../../src/data/peers/readPeerResults';

const FOLDER = join(__dirname, '../peerResults');

/** `rule:column severity` of each finding, sorted: the faults are those of `peopleTable.py`. */
function read(file: string): readonly string[] {
  const result = readPeerResults(readFileSync(join(FOLDER, file), 'utf8'), {
    dataset: 'people',
    file,
  });
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.findings.map(({ rule, column, severity }) => `${rule}:${column} ${severity}`);
}

const includes = (file: string, ...expected: readonly string[]) => {
  const found = read(file);
  for (const one of expected) assert.ok(found.includes(one), `${one} in ${found.join('; ')}`);
};

describe('results of other tools', () => {
  for (const file of ['greatExpectations0.json', 'greatExpectations1.json']) {
    it(`${file}: each planted fault by our rule`, () => {
      includes(
        file,
        'column-missing:joined error',
        'nulls-increased:age error',
        'out-of-range:age error',
        'category-unknown:city error',
        'key-not-unique:id error',
      );
    });
  }
  it('Evidently 0.7, 0.6 tests and report', () => {
    includes(
      'evidently7.json',
      'nulls-increased:age error',
      'out-of-range:age warning',
      'drift:amount error',
    );
    includes(
      'evidently6Tests.json',
      'category-unknown:city error',
      'out-of-range:age warning',
      'drift:city error',
    );
    includes('evidently6Report.json', 'drift:amount warning');
  });
  it('Deepchecks, pointblank, pandera, TFDV', () => {
    includes('deepchecks.json', 'nulls-increased:age error', 'category-unknown:city error');
    includes(
      'pointblank.json',
      'column-missing:joined error',
      'category-unknown:city warning',
      'key-not-unique:id warning',
    );
    includes(
      'pandera.json',
      'column-missing:joined error',
      'key-not-unique:id error',
      'out-of-range:age error',
    );
    includes(
      'tfdvAnomalies.pbtxt',
      'column-missing:joined error',
      'out-of-range:age warning',
      'drift:amount error',
    );
  });
  it('names what is broken with its line, and refuses what is no result', () => {
    const place = { dataset: 'people', file: 'x.json' };
    const broken = readPeerResults('{"results": [\n{"success":', place);
    assert.ok(!broken.ok && broken.problem.code === 'results-invalid' && broken.problem.line === 2);
    const other = readPeerResults('{"a": NaN, "b": -Infinity}', place);
    assert.ok(!other.ok && other.problem.code === 'results-unknown');
  });
});
