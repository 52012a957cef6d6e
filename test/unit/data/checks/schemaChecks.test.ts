import assert from 'node:assert/strict';
import { columnOrderChanged } from '../../../../src/data/checks/schema/columnOrderChanged';
import { dialectChanged } from '../../../../src/data/checks/schema/dialectChanged';
import { encodingInvalid } from '../../../../src/data/checks/schema/encodingInvalid';
import { mixedTypes } from '../../../../src/data/checks/schema/mixedTypes';
import {
  pointerCommitted,
  pointerFinding,
} from '../../../../src/data/checks/schema/pointerCommitted';
import type { FileFacts } from '../../../../src/data/profile/profile';
import { datasetOf } from '../dataFixtures';
import { findBy, numbersOf, profileOf, tell, textsOf } from './handMade';

const numbered = (from: number, to: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, at) => [String(from + at), 1]));

describe('the checks of what the columns are', () => {
  const a = numbersOf('a', [1, 2]);
  const b = numbersOf('b', [1, 2]);
  const c = numbersOf('c', [1, 2]);

  it('tell of another order, and refuse it where the schema is ordered', () => {
    const reference = profileOf(2, [a, b, c]);
    const current = profileOf(2, [b, a, c]);
    const [found] = findBy(columnOrderChanged, { current, reference });
    assert.equal(found?.severity, 'info');
    assert.equal(
      found.message,
      'The columns stand in another order: "b" is where "a" was expected.',
    );
    assert.deepEqual(found.samples, ['b', 'a']);
    const columns = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    const strict = { columns, ordered: true };
    assert.deepEqual(tell(findBy(columnOrderChanged, { current, schema: strict })), ['error']);
    // The schema is how people like to read it, unless it says so.
    assert.deepEqual(findBy(columnOrderChanged, { current, schema: { columns } }), []);
    // A column more or less moves none of the others.
    assert.deepEqual(
      findBy(columnOrderChanged, {
        current: profileOf(2, [c, a]),
        reference: profileOf(2, [c, b, a]),
      }),
      [],
    );
  });

  it('find one text among a hundred numbers on a first look, and only tell of more', () => {
    const look = (texts: Record<string, number>) => {
      const column = textsOf('x', texts);
      const rows = column.text?.examined.rows ?? 0;
      return tell(findBy(mixedTypes, { current: profileOf(rows, [column]) }));
    };
    assert.deepEqual(look({ ...numbered(1, 200), '12l': 1 }), ['warning x']);
    assert.deepEqual(look({ ...numbered(1, 50), '12l': 1 }), ['info x']);
    assert.deepEqual(look({ ...numbered(1, 200), l: 1, m: 1, n: 1 }), ['info x']);
    assert.deepEqual(look({ red: 98, '7': 2 }), ['info x']);
    assert.deepEqual(look({ red: 80, '7': 20 }), [], 'two kinds on purpose');
    assert.deepEqual(look({ ...numbered(1, 200), unknown: 1 }), [], 'a missing value');
    assert.deepEqual(look({ ...numbered(10000, 10200), '01234': 5 }), [], 'codes');
  });

  it('find texts among numbers only where they were not before', () => {
    const column = (texts: number) => textsOf('x', { ...numbered(1, 901), bad: texts });
    const judge = (now: number, before: number) =>
      tell(
        findBy(mixedTypes, {
          current: profileOf(900 + now, [column(now)]),
          reference: profileOf(900 + before, [column(before)]),
        }),
      );
    assert.deepEqual(judge(40, 0), ['warning x']);
    assert.deepEqual(judge(40, 38), []);
    // Newcombe's lower bound of 1 of 901 against 0 of 900 is below zero.
    assert.deepEqual(judge(1, 0), []);
  });

  it('find broken characters, gravely where there were none', () => {
    const column = (broken: number) => textsOf('x', { good: 1000 - broken, 'b\uFFFDd': broken });
    const judge = (now: number, before?: number) =>
      tell(
        findBy(encodingInvalid, {
          current: profileOf(1000, [column(now)]),
          ...(before === undefined ? {} : { reference: profileOf(1000, [column(before)]) }),
        }),
      );
    assert.deepEqual(judge(1), ['warning x']);
    assert.deepEqual(judge(1, 0), ['error x']);
    assert.deepEqual(judge(60, 10), ['warning x']);
    assert.deepEqual(judge(11, 10), []);
    assert.deepEqual(judge(0), []);
  });

  it('find another way to write the file', () => {
    const usual: FileFacts = { delimiter: ',', lineEnding: 'lf', bom: false, encoding: 'utf-8' };
    const judge = (now: Partial<FileFacts>) =>
      findBy(dialectChanged, {
        current: profileOf(2, [a], { files: { ...usual, ...now } }),
        reference: profileOf(2, [a], { files: usual }),
      });
    assert.deepEqual(judge({}), []);
    assert.deepEqual(judge({ quote: '"' }), [], 'no quoted field told of quotes before');
    assert.deepEqual(tell(judge({ lineEnding: 'crlf' })), ['info']);
    assert.equal(
      judge({ delimiter: ';', bom: true })[0]?.message,
      'The file is written in another way than before: the delimiter is ";", not "," and the byte order mark is there, not absent.',
    );
    assert.deepEqual(tell(judge({ encoding: 'windows-1252' })), ['warning']);
    assert.deepEqual(findBy(dialectChanged, { current: profileOf(2, [a], { files: usual }) }), []);
  });

  it('know the pointers of Git LFS and DVC, and no column with such a name', () => {
    const pointer = (name: string, ...others: string[]) =>
      tell(
        findBy(pointerCommitted, {
          current: profileOf(
            3,
            [name, ...others].map((each) => textsOf(each, { x: 3 })),
          ),
        }),
      );
    assert.deepEqual(pointer('outs:'), ['error']);
    assert.deepEqual(pointer('md5: 0123456789abcdef0123456789abcdef'), ['error']);
    assert.deepEqual(pointer('version https://git-lfs.github.com/spec/v1'), ['error']);
    assert.deepEqual(pointer('md5'), []);
    assert.deepEqual(pointer('outs:', 'b'), []);
    const problem = { code: 'data-pointer', message: '' };
    assert.match(pointerFinding(datasetOf(), problem)?.message ?? '', /git lfs pull/);
    assert.equal(pointerFinding(datasetOf(), { code: 'file-missing', message: '' }), undefined);
  });
});
