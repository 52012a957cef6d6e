import assert from 'node:assert/strict';
import type { DatasetReport } from '../../src/data/report';
import { metric, worseModel } from './fixtures/comparison';
import { refused } from './fixtures/checkReport';
import { tumoursDataset } from './fixtures/tumours';
import { startViews, type ViewPage, type Views } from './viewPage';
import type { ViewName } from '../../src/protocol/views';

/** Names and values as a hostile dataset would have them; the text is what must be seen of it. */
const HOSTILE = [
  {
    name: '<img src=x onerror="window.harmed = true">',
    seen: '<img src=x onerror="window.harmed = true">',
  },
  {
    name: '"><script>window.harmed = true</script>',
    seen: '"><script>window.harmed = true</script>',
  },
  { name: '${window.harmed = true} {{harmed}}', seen: '${window.harmed = true} {{harmed}}' },
  { name: 'price\u202ecod.exe', seen: 'price\\u202ecod.exe' },
  { name: 'line\nbreak\u0007', seen: 'line\u23cebreak\\u0007' },
  { name: 'x'.repeat(10_000), seen: `${'x'.repeat(200)}\u2026` },
  { name: '\u05e9\u05dc\u05d5\u05dd', seen: '\u05e9\u05dc\u05d5\u05dd' },
] as const;

describe('Hostile content', () => {
  let views: Views;
  before(async () => (views = await startViews()));
  after(() => views.close());

  it('is text in the Data Report, and does not widen it', async () => {
    const view = await views.open('dataReport', { width: 700 });
    await view.sendReady({ report: { verdict: 'fail', datasets: [hostileDataset()] } });
    for (const { name, seen } of HOSTILE) {
      const row = view.page.locator('[data-index] .table-cell:first-child bdi');
      assert.ok((await row.allTextContents()).includes(seen), seen);
      await view.page
        .locator('[data-index]')
        .nth(HOSTILE.findIndex((each) => each.name === name))
        .click();
      assert.equal(await view.page.locator('.detail h2').textContent(), seen);
    }
    await assertUnharmed(view);
  });

  it('is text in the Model Comparison', async () => {
    const view = await views.open('modelComparison', { width: 700 });
    const metrics = HOSTILE.map(({ name }) =>
      metric({ name, model: name, reason: `${name} is worse.`, change: 'worse', result: 'fail' }),
    );
    await view.sendReady({
      comparison: { ...worseModel, base: HOSTILE[0].name, candidate: HOSTILE[3].name, metrics },
    });
    assert.deepEqual(
      await view.page.locator('.subject').allInnerTexts(),
      HOSTILE.map(({ seen }) => seen),
    );
    await assertUnharmed(view);
  });

  it('is text in the Gate Report', async () => {
    const view = await views.open('gateReport', { width: 700 });
    const report = refused();
    await view.sendReady({
      report: {
        ...report,
        headline: HOSTILE[0].name,
        judged: HOSTILE.map(({ name }) => name),
        datasets: [hostileDataset()],
        reasons: HOSTILE.map(({ name }) => ({
          verdict: 'fail',
          severity: 'error',
          kind: 'data',
          rule: 'drift',
          text: name,
          file: name,
          fix: name,
          evidence: [name],
        })),
      },
    });
    assert.equal(await view.page.getByRole('heading', { level: 1 }).textContent(), HOSTILE[0].seen);
    await assertUnharmed(view);
  });
});

const ALLOW_ANY = { action: 'append', path: ['allow'], values: ['category-unknown'] } as const;

function hostileDataset(): DatasetReport {
  const columns = HOSTILE.map(({ name }) => ({
    name,
    type: 'string' as const,
    nativeType: 'VARCHAR',
    nulls: 0,
    nans: 0,
    categories: HOSTILE.map((each, index) => ({ value: each.name, count: 10 + index })),
    distinct: { count: HOSTILE.length, error: 0 },
  }));
  const findings = HOSTILE.map(({ name }) => ({
    rule: 'category-unknown',
    severity: 'error' as const,
    dataset: name,
    column: name,
    message: `${name} has values outside its domain.`,
    observed: name,
    expected: name,
    samples: HOSTILE.map((each) => each.name),
    fix: { title: name, accept: `category-unknown:${name}`, edit: ALLOW_ANY },
  }));
  return tumoursDataset({ name: HOSTILE[0].name, path: HOSTILE[1].name, columns, findings });
}

async function assertUnharmed<Name extends ViewName>(view: ViewPage<Name>): Promise<void> {
  assert.deepEqual(view.complaints, []);
  assert.equal(await view.page.evaluate('window.harmed'), undefined);
  assert.equal(await view.page.locator('main img[src], main script').count(), 0);
  const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  assert.equal(await view.page.evaluate(wide), 0);
  await view.page.context().close();
}
