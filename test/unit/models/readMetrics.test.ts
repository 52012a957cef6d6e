import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { MAX_METRICS_BYTES, readMetrics } from '../../../src/models/readers/readMetrics';

const read = (file: string, text: string | Uint8Array) =>
  readMetrics(file, typeof text === 'string' ? Buffer.from(text) : text);

/** `name: value` and the line of every metric. */
const valuesOf = (file: string, text: string | Uint8Array) => {
  const reading = read(file, text);
  assert.ok(reading.ok);
  return reading.value.values.map(({ name, value, source }) => [name, value, source.line]);
};

/** `line:column`, and what is wrong there. */
const mistakeOf = (file: string, text: string) => {
  const reading = read(file, text);
  assert.ok(!reading.ok);
  assert.equal(reading.problem.code, 'metrics-invalid');
  assert.equal(reading.problem.file, file);
  return `${reading.problem.line}:${reading.problem.column} ${reading.problem.message}`;
};

/** Numbers outside of arrays with dotted names, the plain way. */
function flatten(value: unknown, path: readonly string[] = []): [string, number][] {
  if (typeof value === 'number') return [[path.join('.'), value]];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, [...path, key]));
}

describe('JSON metrics', () => {
  it('keeps the line of every number, and nothing but numbers', () => {
    const text = [
      '{',
      '  "accuracy": 0.93, "name": "rf \\" }", "ok": true, "none": null,',
      '  "test": {',
      '    "auc": 9.1e-1,',
      '    "by class": {"né.gative": -0, "big": 10000000000000000000}',
      '  },',
      '  "curve": [0.1, {"auc": 0.2}, [0.3]],',
      '  "loss": -1.5E+2',
      '}',
    ].join('\r\n');
    assert.deepEqual(valuesOf('metrics.json', text), [
      ['accuracy', 0.93, 2],
      ['test.auc', 0.91, 4],
      ['test.by class.né.gative', -0, 5],
      ['test.by class.big', 1e19, 5],
      ['loss', -150, 8],
    ]);
  });

  it('finds the same numbers as JSON.parse, laid out in any way', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(object, fc.nat({ max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const expected = new Map(flatten(JSON.parse(text)));
        const found = valuesOf('m.json', text).map(([name, number]) => [name, number] as const);
        assert.deepEqual(new Map(found as [string, number][]), expected);
      }),
    );
  });

  it('accepts what JSON.parse accepts, and refuses what it refuses', () => {
    const character = fc.constantFrom(...'{}[]",:\\ \n\t-+.0123eEtrufalsn/bx'.split(''));
    const damage = fc.record({
      at: fc.nat({ max: 60 }),
      length: fc.nat({ max: 2 }),
      text: fc.string({ unit: character, maxLength: 3 }),
    });
    const seed = '{"a": {"b\\u00e9": [1, -2.5e3, true], "c": null}, "d": 0.5, "e": "x"}';
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 2 }), (damages) => {
        const text = damages.reduce(
          (whole, { at, length, text }) => whole.slice(0, at) + text + whole.slice(at + length),
          seed,
        );
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          return assert.equal(read('m.json', text).ok, false, text);
        }
        const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        return assert.equal(read('m.json', text).ok, isObject, text);
      }),
      { numRuns: 3000 },
    );
  });

  it('says where it is wrong, and how', () => {
    const mistakes: readonly (readonly [string, string])[] = [
      ['', '1:1 This is not valid JSON: The file is empty.'],
      ['{"auc": 0.9,\n "f1" 0.8}', '2:7 This is not valid JSON: A colon is expected here.'],
      ['{"auc": 0.9,\n}', '2:1 This is not valid JSON: A key in double quotes is expected here.'],
      ["{'auc': 1}", '1:2 This is not valid JSON: A key in double quotes is expected here.'],
      ['{"auc": }', '1:9 This is not valid JSON: A value is expected here.'],
      ['{"auc": 01}', '1:10 This is not valid JSON: A comma or } is expected here.'],
      [
        '{"a": 1} {"b": 2}',
        '1:10 This is not valid JSON: There is more text after the end of the JSON value.',
      ],
      ['{"a": {\n  "b": 1', '1:7 This is not valid JSON: The file ends before the closing }.'],
      [
        '{"a": "x\ny"}',
        '1:7 This is not valid JSON: This text has a line break or a wrong escape in it.',
      ],
      ['{"a": "x', '1:7 This is not valid JSON: This text has no closing quote.'],
      ['[1]', '1:undefined This file holds no named metrics.'],
      ['0.93', '1:undefined This file holds no named metrics.'],
    ];
    for (const [text, expected] of mistakes)
      assert.equal(mistakeOf('out/metrics.json', text), expected);
  });

  it('does not fall over text that is nested without end', () => {
    assert.match(mistakeOf('m.json', '{"a":'.repeat(100_000)), /nested deeper/);
    assert.match(mistakeOf('m.json', `{"a":${'['.repeat(100_000)}`), /nested deeper/);
    assert.match(mistakeOf('m.json', `{"a":"${'\\\\'.repeat(1_000_000)}`), /no closing quote/);
  });

  it('names the metrics that are no finite numbers, and keeps the others', () => {
    const reading = read('m.json', '{"a": NaN,\n "b": {"c": -Infinity},\n "d": Infinity, "e": 1}');
    assert.ok(reading.ok);
    assert.deepEqual(
      reading.value.values.map(({ value }) => value),
      [NaN, -Infinity, Infinity, 1],
    );
    assert.deepEqual(
      reading.value.problems.map(({ code, line, message }) => [code, line, message]),
      [
        ['metric-not-finite', 1, 'The metric "a" is NaN, which cannot be compared.'],
        ['metric-not-finite', 2, 'The metric "b.c" is -Infinity, which cannot be compared.'],
        ['metric-not-finite', 3, 'The metric "d" is Infinity, which cannot be compared.'],
      ],
    );
  });

  it('takes the last of two equal names, as every JSON reader does', () => {
    assert.deepEqual(valuesOf('m.json', '{"a": NaN,\n"a": 2}'), [['a', 2, 2]]);
    const reading = read('m.json', '{"a": NaN,\n"a": 2}');
    assert.deepEqual(reading.ok && reading.value.problems, []);
  });

  it('reads the encodings that Windows writes', () => {
    assert.deepEqual(valuesOf('m.json', '\uFEFF{"é": 1}'), [['é', 1, 1]]);
    const utf16 = Buffer.from('\uFEFF{"é": 1}', 'utf16le');
    assert.deepEqual(valuesOf('m.json', utf16), [['é', 1, 1]]);
  });

  it('leaves the prototypes of objects alone', () => {
    assert.deepEqual(valuesOf('m.json', '{"__proto__": {"auc": 1}, "constructor": 2}'), [
      ['__proto__.auc', 1, 1],
      ['constructor', 2, 1],
    ]);
  });
});

describe('YAML metrics', () => {
  it('keeps the line of every number, through aliases and beside sequences', () => {
    const text = [
      '# evaluated at noon',
      'accuracy: 0.93',
      'name: forest',
      'base: &base',
      '  auc: 0.9',
      'again: *base',
      'flow: {f1: 0.8, ok: true, "10": 7}',
      'curve: [1, 2]',
      'loss: .nan',
      'limit: -.inf',
    ].join('\n');
    assert.deepEqual(valuesOf('m.yaml', text), [
      ['accuracy', 0.93, 2],
      ['base.auc', 0.9, 5],
      ['again.auc', 0.9, 5],
      ['flow.f1', 0.8, 7],
      ['flow.10', 7, 7],
      ['loss', NaN, 9],
      ['limit', -Infinity, 10],
    ]);
    assert.deepEqual(
      new Map(valuesOf('m.yml', text).map(([name, value]) => [String(name), Number(value)])),
      new Map(flatten(parse(text))),
    );
    const reading = read('m.yaml', text);
    assert.deepEqual(reading.ok && reading.value.problems.map(({ line }) => line), [9, 10]);
  });

  it('says where it is wrong', () => {
    assert.match(mistakeOf('m.yaml', 'auc: 0.9\nf1: [1, 2\n'), /^3:1 This is not valid YAML: /);
    assert.match(mistakeOf('m.yaml', 'auc: 1\nauc: 2\n'), /^2:1 .*unique/);
    assert.match(mistakeOf('m.yaml', ''), /no named metrics/);
    assert.match(mistakeOf('m.yaml', '- 1\n'), /no named metrics/);
  });

  it('does not follow aliases for ever', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const inner = Array.from({ length: 9 }, (_, index) => `k${index}: *l${level}`).join(', ');
      return `l${level + 1}: &l${level + 1} {${inner}}`;
    });
    assert.match(
      mistakeOf('m.yaml', ['l0: &l0 {x: 1}', ...levels].join('\n')),
      /more than 20000 values/,
    );
    assert.match(mistakeOf('m.yaml', 'a: &a\n  b: *a\n'), /more than 20000 values/);
  });
});

describe('readMetrics', () => {
  it('refuses a format that it does not know, and a file that cannot be metrics', () => {
    const format = read('metrics.toml', 'auc = 1');
    assert.equal(!format.ok && format.problem.code, 'metrics-format-unknown');
    const large = read('m.json', Buffer.alloc(MAX_METRICS_BYTES + 1, ' '));
    assert.equal(!large.ok && large.problem.code, 'metrics-too-large');
  });
});
