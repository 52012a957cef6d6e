import assert from 'node:assert/strict';
import type { Check } from '../../../../src/data/checks/check';
import { dateAsText } from '../../../../src/data/checks/values/dateAsText';
import { numberAsText } from '../../../../src/data/checks/values/numberAsText';
import { piiSuspected } from '../../../../src/data/checks/values/piiSuspected';
import { stringVariants } from '../../../../src/data/checks/values/stringVariants';
import { whitespace } from '../../../../src/data/checks/values/whitespace';
import type { Schema } from '../../../../src/data/schema/schema';
import { findBy, profileOf, tell, textsOf } from './handMade';

type Texts = Readonly<Record<string, number>>;

function judge(check: Check, now: Texts, before?: Texts, schema?: Schema) {
  const made = (texts: Texts) => {
    const column = textsOf('x', texts);
    return profileOf(column.text?.examined.rows ?? 0, [column]);
  };
  return findBy(check, {
    current: made(now),
    ...(before && { reference: made(before) }),
    ...(schema && { schema }),
  });
}

describe('the checks of texts', () => {
  it('find new spellings of known values', () => {
    const known = { Berlin: 500, Paris: 500 };
    const [found] = judge(stringVariants, { ...known, 'berlin ': 3 }, known);
    assert.equal(found?.severity, 'warning');
    assert.equal(
      found.message,
      '"x" writes the same in several ways: "Berlin" also as "berlin " (3 rows).',
    );
    assert.deepEqual(tell(judge(stringVariants, { ...known, berlin: 3 })), ['info x']);
    const both = { ...known, berlin: 3 };
    assert.deepEqual(judge(stringVariants, both, both), []);
    assert.deepEqual(judge(stringVariants, { ...known, Bern: 3 }, known), []);
    // Neither spelling was there before.
    assert.deepEqual(tell(judge(stringVariants, { ...known, Rome: 3, rome: 2 }, known)), [
      'info x',
    ]);
  });

  it('find white space that was not there', () => {
    const known = { yes: 500, no: 500 };
    const [found] = judge(whitespace, { ...known, 'yes ': 2 }, known);
    assert.equal(found?.severity, 'warning');
    assert.equal(
      found.message,
      '"x" has white space around 0.20 % (2 of 1,002) of its values, such as "yes ".',
    );
    assert.deepEqual(tell(judge(whitespace, { ...known, 'yes ': 2 })), ['info x']);
    const padded = { ...known, 'yes ': 20 };
    assert.deepEqual(judge(whitespace, { ...known, 'yes ': 22 }, padded), []);
    assert.deepEqual(tell(judge(whitespace, { ...known, 'yes ': 200 }, padded)), ['warning x']);
    assert.deepEqual(judge(whitespace, { ...known, ' ': 20 }, known), [], 'blank is missing');
  });

  const numbers = (count: number): Texts =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at + 1}.5`, 1]));
  const dates = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`${at + 1}/01/2024`, 2]));

  it('find numbers and dates that are kept as text', () => {
    assert.deepEqual(tell(judge(numberAsText, numbers(100))), ['info x']);
    assert.deepEqual(tell(judge(numberAsText, { ...numbers(100), unknown: 30 })), ['info x']);
    assert.deepEqual(judge(numberAsText, numbers(19)), [], 'too few');
    assert.deepEqual(judge(numberAsText, { ...numbers(100), x1: 1, x2: 1 }), []);
    assert.deepEqual(judge(numberAsText, { '01067': 50, '02708': 50 }), [], 'postal codes');
    assert.deepEqual(tell(judge(numberAsText, numbers(100), { a: 50, b: 50 })), ['warning x']);
    assert.deepEqual(judge(numberAsText, numbers(100), numbers(50)), []);
    const text: Schema = { columns: [{ name: 'x', type: 'string' }] };
    assert.deepEqual(judge(numberAsText, numbers(100), undefined, text), [], 'on purpose');
    assert.deepEqual(tell(judge(dateAsText, dates)), ['info x']);
    assert.deepEqual(tell(judge(dateAsText, dates, { a: 50, b: 50 })), ['warning x']);
    assert.deepEqual(judge(dateAsText, numbers(100)), []);
  });

  it('suspect personal data, and never show it', () => {
    const addresses: Texts = { 'ada@example.org': 6, 'alan@example.org': 5, none: 500 };
    const [found] = judge(piiSuspected, addresses);
    assert.equal(found?.severity, 'warning');
    assert.equal(found.message, '"x" seems to hold e-mail addresses (2.15 %).');
    assert.doesNotMatch(JSON.stringify(found), /ada|alan/);
    assert.deepEqual(tell(judge(piiSuspected, addresses, { red: 500 })), ['warning x']);
    assert.deepEqual(tell(judge(piiSuspected, addresses, addresses)), ['info x']);
    assert.deepEqual(judge(piiSuspected, { 'ada@example.org': 9, none: 500 }), []);
    assert.deepEqual(tell(judge(piiSuspected, { 'ada@example.org': 1, none: 19 })), ['warning x']);
  });
});
