import assert from 'node:assert/strict';
import { judgeCorruptions } from '../../corruptions/judgeCorruptions';
import { KINDS } from '../../corruptions/kinds';
import { TABLES } from '../../corruptions/tables';
import { ENGINE } from './dataFixtures';

/** `npm run corruptions` tries all five tables; this is the smallest of them. */
describe('corruptions of a real table', function () {
  this.timeout(240_000);

  it('are caught by the rules that are meant for them, and by no others', async () => {
    const [penguins] = TABLES;
    assert.ok(penguins !== undefined);
    const kinds = Object.values(KINDS).flat();
    assert.ok(kinds.length >= 40, `${kinds.length} kinds`);
    assert.equal(new Set(kinds.map(({ name }) => name)).size, kinds.length);
    const { clean, outcomes } = await judgeCorruptions(penguins, kinds, ENGINE);
    assert.deepEqual(
      clean.map(({ message }) => message),
      [],
      'the clean table',
    );
    const tried = outcomes.filter(({ caught }) => caught !== undefined);
    const missed = tried.filter(({ caught }) => caught === false);
    assert.ok(
      missed.length <= 0.05 * tried.length,
      missed.map(({ kind, found }) => `${kind.name}: ${found.join(', ')}`).join('\n'),
    );
    assert.deepEqual(
      outcomes.flatMap(({ kind, extra }) => extra.map(({ message }) => `${kind.name}: ${message}`)),
      [],
    );
  });
});
