import assert from 'node:assert/strict';
import fc from 'fast-check';
import { driftCells } from '../../src/data/checks/distribution/driftCells';
import type { ColumnProfile } from '../../src/data/profile/profile';
import { mergeSmallCells, stabilityIndex } from '../../src/data/statistics/stabilityIndex';
import { measureColumnDrift } from '../../src/protocol/columnDrift';
import { renderViewHtml } from '../../src/protocol/html';

describe('renderViewHtml', () => {
  const shell = {
    scriptUri: 'https://host/view.js',
    codiconUri: 'https://host/codicon.css',
    cspSource: "'self' https://*.host",
    nonce: 'abc',
    title: 'Data Report',
  };

  it('allows the one script, and styles and fonts of the editor', () => {
    const page = renderViewHtml(shell);
    assert.match(
      page,
      /content="default-src &#39;none&#39;; script-src &#39;nonce-abc&#39;; style-src &#39;self&#39; https:\/\/\*\.host &#39;unsafe-inline&#39;; font-src &#39;self&#39; https:\/\/\*\.host; worker-src blob:"/,
    );
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.match(page, /<script nonce="abc" src="https:\/\/host\/view\.js"><\/script>/);
    assert.match(
      page,
      /<link [^>]*href="https:\/\/host\/codicon\.css" id="vscode-codicon-stylesheet"/,
    );
  });

  it('escapes whatever it is given', () => {
    const page = renderViewHtml({ ...shell, title: '</title><script>x</script>"' });
    assert.doesNotMatch(page, /<script>/);
    assert.match(page, /&#60;\/title&#62;/);
  });
});

describe('measureColumnDrift', () => {
  const numbers = (counts: readonly number[]): ColumnProfile => ({
    name: 'x',
    type: 'number',
    nativeType: 'DOUBLE',
    nulls: 0,
    nans: 0,
    histogram: { edges: [1, 2, 3], counts },
  });
  const categories = (counts: Readonly<Record<string, number>>): ColumnProfile => ({
    name: 'x',
    type: 'string',
    nativeType: 'VARCHAR',
    nulls: 0,
    nans: 0,
    categories: Object.entries(counts).map(([value, count]) => ({ value, count })),
  });
  const total = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count, 0);

  it('agrees with a calculation by hand', () => {
    const drift = measureColumnDrift(numbers([10, 20, 30, 40]), numbers([25, 25, 25, 25]), {
      current: 100,
      reference: 100,
    });
    // p is 25.5/102 four times, q is 10.5, 20.5, 30.5 and 40.5 of 102; the sum of (q - p) ln(q / p) is 0.217994213,
    // less the floor (1/100 + 1/100) * 3 = 0.06 (calculated with Python's math.log).
    assert.ok(Math.abs((drift?.noiseFloor ?? 0) - 0.06) < 1e-12);
    assert.ok(Math.abs((drift?.psi ?? 0) - 0.157994213) < 1e-9);
  });

  it('parts the raw index among the bins without a rest', () => {
    const counts = fc.array(fc.nat(300), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const drift = measureColumnDrift(numbers(after), numbers(before), {
          current: total(after),
          reference: total(before),
        });
        if (drift === undefined) return;
        const parts = total(drift.contributions.bins.values());
        assert.ok(Math.abs(parts - (drift.psi + drift.noiseFloor)) < 1e-9);
      }),
    );
  });

  it('gives each category the part that the drift check gives it', () => {
    const count = fc.integer({ min: 40, max: 400 });
    const towns = fc.record({ Oslo: count, Bergen: count, Lom: count });
    fc.assert(
      fc.property(towns, towns, (before, after) => {
        const rows = {
          current: total(Object.values(after)),
          reference: total(Object.values(before)),
        };
        const [current, reference] = [categories(after), categories(before)];
        const drift = measureColumnDrift(current, reference, rows);
        const profile = (side: number) => ({ rows: side, columns: [], exact: true });
        const cells = driftCells(current, reference, {
          current: profile(rows.current),
          reference: profile(rows.reference),
        });
        const index = cells && stabilityIndex(mergeSmallCells(cells.coarse), 2.33);
        const named = index?.cells.map((cell) => [cells?.nameOf(cell), cell.contribution] as const);
        assert.deepEqual(
          new Map(named),
          new Map(
            [...(drift?.contributions.categories ?? [])].map(([name, part]) => [`"${name}"`, part]),
          ),
        );
      }),
    );
  });

  it('measures nothing where there is nothing to compare', () => {
    const rows = { current: 100, reference: 100 };
    assert.equal(
      measureColumnDrift(numbers([100, 0, 0, 0]), categories({ a: 100 }), rows),
      undefined,
    );
    const key = { ...numbers([25, 25, 25, 25]), unique: true } as const;
    assert.equal(measureColumnDrift(key, key, rows), undefined);
  });
});
