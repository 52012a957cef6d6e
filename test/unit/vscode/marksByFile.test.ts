import assert from 'node:assert/strict';
import { MarksByFile } from '../../../src/vscode/problems/marksByFile';

describe('Marks of several projects in the same files', () => {
  let marks: MarksByFile<string>;
  beforeEach(() => {
    marks = new MarksByFile<string>();
    marks.replace('north', new Map([['a.csv', ['n1']]]));
    marks.replace('south', new Map([['b.csv', ['s1', 's2']]]));
  });

  it('stay when those of another owner are replaced', () => {
    const changed = marks.replace('north', new Map([['c.csv', ['n2']]]));
    // What has to be shown anew: the file that is left, and the one that is marked now.
    assert.deepEqual(
      [...changed],
      [
        ['a.csv', []],
        ['c.csv', ['n2']],
      ],
    );
    assert.deepEqual(marks.in('b.csv'), ['s1', 's2']);
  });

  it('stand together in a file that both mark', () => {
    const changed = marks.replace('north', new Map([['b.csv', ['n3']]]));
    assert.deepEqual(new Set(changed.get('b.csv')), new Set(['n3', 's1', 's2']));
    assert.deepEqual([...marks.replace('south', new Map())], [['b.csv', ['n3']]]);
  });

  it('are forgotten with their owner', () => {
    marks.replace('north', new Map());
    assert.deepEqual(marks.owners, ['south']);
    assert.deepEqual(marks.in('a.csv'), []);
  });
});
