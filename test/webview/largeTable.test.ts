import assert from 'node:assert/strict';
import type { ColumnProfile } from '../../src/data/profile/profile';
import { tumoursDataset } from './fixtures/tumours';
import { startViews, until, type ViewPage, type Views } from './viewPage';

const MANY = 2000;

describe('A table of 2,000 columns', () => {
  let views: Views;
  let view: ViewPage<'dataReport'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => {
    view = await views.open('dataReport');
    const columns = Array.from({ length: MANY }, (_, index) => numberColumn(index));
    const { reference: _, ...dataset } = tumoursDataset({ columns, findings: [], verdict: 'pass' });
    await view.sendReady({ report: { verdict: 'pass', datasets: [dataset] } });
  });
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  const drawnRows = () => view.page.locator('[data-index]').count();
  const focused = () => view.page.evaluate('document.activeElement.dataset.index');
  const scrollTop = 'document.querySelector(".table-scroll").scrollTop';

  it('draws only the rows in sight, wherever it is scrolled', async () => {
    const grid = view.page.getByRole('grid');
    assert.equal(await grid.getAttribute('aria-rowcount'), String(MANY + 1));
    assert.ok((await drawnRows()) < 60);
    await view.page.evaluate(`${scrollTop} = 1000 * 22`);
    await view.page.getByRole('row', { name: 'feature_1001' }).waitFor();
    assert.ok((await drawnRows()) < 60);
    assert.equal(
      await view.page.getByRole('row', { name: 'feature_1001' }).getAttribute('aria-rowindex'),
      '1003',
    );
  });

  it('is one stop of the Tab key; keys move to any row and select it', async () => {
    const { page } = view;
    assert.equal(await page.locator('[data-index][tabindex="0"]').count(), 1);
    await page.locator('[data-index="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await until(view, 'document.activeElement.dataset.index === "1"');
    await page.keyboard.press('End');
    await until(view, `document.activeElement.dataset.index === "${MANY - 1}"`);
    assert.ok(Number(await page.evaluate(scrollTop)) > (MANY - 60) * 22);
    await page.keyboard.press('PageUp');
    await until(view, `Number(document.activeElement.dataset.index) < ${MANY - 10}`);
    await page.keyboard.press('Home');
    await until(view, 'document.activeElement.dataset.index === "0"');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), '0');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Column feature_0' }).waitFor();
    assert.equal(await page.locator('[data-index="0"]').getAttribute('aria-selected'), 'true');
  });

  it('keeps the focus on a row that is scrolled out of sight', async () => {
    await view.page.locator('[data-index="3"]').focus();
    await view.page.evaluate(`${scrollTop} = 1500 * 22`);
    await view.page.getByRole('row', { name: 'feature_1501' }).waitFor();
    assert.equal(await focused(), '3');
    await view.page.keyboard.press('ArrowDown');
    await until(view, `document.activeElement.dataset.index === "4" && ${scrollTop} < 22 * 10`);
  });
});

function numberColumn(index: number): ColumnProfile {
  return {
    name: `feature_${index}`,
    type: 'number',
    nativeType: 'DOUBLE',
    nulls: 0,
    nans: 0,
    numeric: { min: 0, max: 1, mean: 0.5, standardDeviation: 0.29 },
    histogram: { edges: [0.25, 0.5, 0.75], counts: [70, 72, 71, 72] },
  };
}
