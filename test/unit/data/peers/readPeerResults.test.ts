import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../../src/data/finding';
import type { PeerResult } from '../../../../src/data/peers/peerResult';
import { LARGEST_RESULT, readPeerResults } from '../../../../src/data/peers/readPeerResults';

const FOLDER = join(__dirname, '../peerResults');

function readText(text: string, file = 'x.json'): PeerResult {
  const result = readPeerResults(text, { dataset: 'people', file });
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

const read = (file: string): PeerResult => readText(readFileSync(join(FOLDER, file), 'utf8'), file);

const shown = ({ rule, column = '', severity }: Finding) => `${rule}:${column} ${severity}`;

/**
 * What each tool's own judgement of the table in `peopleTable.py` has to become: one finding for each check that it
 * failed, none for those that passed. The faults there: ids 0 and 1 occur twice, ages are missing, -1 and 480, a city is
 * "Zurch", amounts are a thousand times too large, and `joined` is missing.
 */
const FOUND: Readonly<Record<string, { passed: number; findings: readonly string[] }>> = {
  'greatExpectations0.json': {
    passed: 1,
    findings: [
      'column-missing:joined error',
      'nulls-increased:age error',
      'out-of-range:age error',
      'category-unknown:city error',
      'key-not-unique:id error',
      'expect-column-mean-to-be-between:amount error',
    ],
  },
  'greatExpectations1.json': {
    passed: 3,
    findings: [
      'column-missing:joined error',
      'nulls-increased:age error',
      'out-of-range:age error',
      'category-unknown:city error',
      'key-not-unique:id error',
      'expect-column-mean-to-be-between:amount error',
      // Amount above age, where the age is missing.
      'relation-violated: error',
    ],
  },
  'evidently7.json': {
    passed: 3,
    findings: [
      'nulls-increased:age error',
      'out-of-range:age error',
      'out-of-range:age warning',
      'mean-value:amount error',
      'category-unknown:city error',
      'drift:amount error',
      'drift:city error',
      // The share of columns that drifted.
      'drift: error',
    ],
  },
  'evidently6Tests.json': {
    passed: 2,
    findings: [
      'number-of-columns: error',
      'column-missing:joined error',
      'nulls-increased: error',
      'nulls-increased:age error',
      'out-of-range:age error',
      'out-of-range:age warning',
      'category-unknown:city error',
      'out-of-range:age error',
      'drift:amount error',
      'drift:city error',
    ],
  },
  'evidently6Report.json': {
    passed: 1,
    // The ids of half of the rows are another distribution, says Evidently.
    findings: ['drift:amount warning', 'drift:id warning', 'drift:city warning'],
  },
  'deepchecks.json': {
    passed: 6,
    findings: [
      'nulls-increased:age error',
      'category-unknown:city error',
      'drift:amount error',
      // There is no label in either table: the check did not run.
      'conflicting-labels: info',
      'conflicting-labels: info',
    ],
  },
  'pointblank.json': {
    passed: 4,
    findings: [
      'column-missing:joined error',
      'nulls-increased:age error',
      'out-of-range:age warning',
      'category-unknown:city warning',
      'key-not-unique:id warning',
    ],
  },
  'pandera.json': {
    passed: 0,
    findings: [
      'column-missing:joined error',
      'nulls-increased:age error',
      'key-not-unique:id error',
      'out-of-range:age error',
      'category-unknown:city error',
      'out-of-range:amount error',
    ],
  },
  'deequ.json': {
    passed: 3,
    findings: [
      'key-not-unique:id error',
      'nulls-increased:age error',
      'column-missing:joined error',
      'category-unknown:city error',
      'mean:amount error',
      'out-of-range:age warning',
      'out-of-range:age warning',
      'pattern-violated:city warning',
      // `satisfies` with an expression of its own.
      'relation-violated: warning',
    ],
  },
  'deequMetrics.json': { passed: 0, findings: [] },
  'tfdvAnomalies.pbtxt': {
    passed: 0,
    findings: [
      'nulls-increased:age warning',
      'out-of-range:age warning',
      'category-unknown:city error',
      'column-missing:joined error',
      'drift:amount error',
    ],
  },
};

describe('results of other tools', () => {
  for (const [file, expected] of Object.entries(FOUND)) {
    it(`${file}: each fault by our rule, and nothing else`, () => {
      const { findings, passed } = read(file);
      assert.deepEqual({ passed, findings: findings.map(shown) }, expected);
      for (const finding of findings) {
        assert.equal(finding.source?.file, file);
        assert.match(finding.message, new RegExp(`^${finding.source.tool} \\(.+\\): .*\\.$`, 'su'));
        assert.doesNotMatch(finding.message, /[!?.]\.$|\n/);
        assert.ok(finding.samples.length <= 20);
      }
    });
  }

  it('tell the values that a tool saw, and where', () => {
    const cities = (file: string) =>
      read(file).findings.find(({ rule }) => rule === 'category-unknown')?.samples;
    for (const file of ['greatExpectations1.json', 'deepchecks.json', 'pandera.json'])
      assert.deepEqual(cities(file), ['Zurch'], file);
    const anomalies = read('tfdvAnomalies.pbtxt').findings.map(({ source }) => source?.line);
    assert.deepEqual(anomalies.slice(0, 3), [1, 1, 22]);
  });

  it('can be empty, as media/docs/peers.md tells how to write it for pandera', () => {
    assert.deepEqual(readText('{"DATA": {}}'), { tool: 'pandera', findings: [], passed: 0 });
  });

  it('say when they were made', () => {
    const times = ['greatExpectations1.json', 'evidently6Tests.json', 'deequMetrics.json'].map(
      (file) => new Date(read(file).time ?? NaN).toISOString().slice(0, 16),
    );
    assert.deepEqual(times.slice(0, 1), ['2026-11-28T02:14']);
    assert.deepEqual(times.slice(2), ['2025-11-28T02:00']);
  });
});

describe('a result that is not as it should be', () => {
  const place = { dataset: 'people', file: 'x.json' };
  const problemOf = (text: string) => {
    const result = readPeerResults(text, place);
    assert.ok(!result.ok, JSON.stringify(result));
    return result.problem;
  };

  it('names what is broken with its line', () => {
    for (const [text, code, line] of [
      ['{"results": [\n{"success":', 'results-invalid', 2],
      ['{"a": 1,\n\n "b": tru}', 'results-invalid', 3],
      ['{"a": "x\n"}', 'results-invalid', 1],
      ['{"a": 1}\n{"a": 2}', 'results-invalid', 2],
      ['anomaly_info {\n key: "a\n}', 'results-invalid', 2],
      ['anomaly_info {\n key: "a"\n value {', 'results-invalid', 3],
      ['anomaly_info {\n key = 5 }', 'results-invalid', 2],
      ['anomaly_info: \u0000', 'results-invalid', 1],
      ['', 'results-invalid', 1],
      ['{"a": NaN, "b": -Infinity}', 'results-unknown', 1],
      ['[]', 'results-unknown', 1],
      ['"text"', 'results-unknown', 1],
      ['null', 'results-unknown', 1],
      ['feature { name: "a" }', 'results-unknown', 1],
    ] as const) {
      const problem = problemOf(text);
      assert.deepEqual([problem.code, problem.line], [code, line], text);
      assert.equal(problem.file, 'x.json');
    }
  });

  it('may be nested as deeply as it likes', () => {
    const depth = 100_000;
    for (const text of [
      // NaN makes it a text for our own parser, which has a limit.
      `{"results": ${'['.repeat(depth)}NaN${']'.repeat(depth)}}`,
      'anomaly_info { '.repeat(depth),
      'anomaly_info < '.repeat(depth),
    ]) {
      const problem = problemOf(text);
      assert.equal(problem.code, 'results-invalid');
      assert.match(problem.message, /nested deeper than \d+ levels/);
    }
    const deep = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    assert.equal(problemOf(deep).code, 'results-unknown');
  });

  it('is not read above 64 MiB', () => {
    const problem = problemOf(' '.repeat(LARGEST_RESULT + 1));
    assert.equal(problem.code, 'results-too-large');
    assert.match(problem.message, /67108865 bytes; at most 67108864/);
  });

  it('has names and values of its own that do no harm', () => {
    const column = '__proto__';
    const value = '</script><img src=x>\u001b[2J\n';
    const { findings } = readText(
      JSON.stringify({
        success: false,
        results: [
          {
            success: false,
            expectation_config: { type: 'constructor', kwargs: { column, value_set: null } },
            result: { unexpected_count: 1, partial_unexpected_list: [value, null, { a: [1] }] },
          },
          { success: false, expectation_config: {}, result: null, exception_info: 'no' },
          { success: null, expectation_config: { kwargs: [] }, result: { unexpected_count: 'x' } },
          'not a result',
        ],
        statistics: {},
      }),
    );
    const [first] = findings;
    assert.equal(findings.length, 3);
    assert.equal(first?.rule, 'constructor');
    assert.equal(first.column, column);
    assert.deepEqual(first.samples, [value, '{a: [1]}']);
    assert.equal(({} as Record<string, unknown>).column, undefined);
  });

  it('has very many failures and very long texts', () => {
    const long = 'x'.repeat(100_000);
    const result = {
      success: false,
      expectation_config: { type: long, kwargs: { column: 'a', value_set: [long] } },
      result: { partial_unexpected_list: Array.from({ length: 1000 }, (_, index) => `${index}`) },
    };
    const { findings } = readText(
      JSON.stringify({
        success: false,
        results: Array.from({ length: 100 }, () => result),
        statistics: {},
      }),
    );
    assert.equal(findings.length, 100);
    assert.equal(findings[0]?.samples.length, 20);
    assert.ok((findings[0]?.rule.length ?? 0) <= 100);
    assert.ok((findings[0]?.expected.length ?? 0) <= 1000);
    assert.ok((findings[0]?.message.length ?? 0) <= 1000);
  });

  it('is cut off anywhere: a problem, or what it still says', () => {
    for (const file of Object.keys(FOUND)) {
      const text = readFileSync(join(FOLDER, file), 'utf8').trimEnd();
      for (let part = 1; part < 40; part++) {
        const cut = text.slice(0, Math.floor((text.length * part) / 40));
        const result = readPeerResults(cut, place);
        // A protobuf text is whole after each of its fields.
        if (result.ok) assert.equal(file, 'tfdvAnomalies.pbtxt');
        else assert.match(result.problem.code, /^results-(?:invalid|unknown)$/);
      }
    }
  });
});
