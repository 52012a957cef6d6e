import assert from 'node:assert/strict';
import { assertAria, assertNamed } from './ariaText';
import { metric, worseModel } from './fixtures/comparison';
import { NOW, startViews, type ViewPage, type Views } from './viewPage';

describe('Model Comparison', () => {
  let views: Views;
  let view: ViewPage<'modelComparison'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => (view = await views.open('modelComparison', { width: 1300 })));
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  const headline = () => view.page.getByRole('heading', { level: 1 }).textContent();
  const cells = async (name: string) =>
    (await view.page.getByRole('row', { name }).getByRole('gridcell').allInnerTexts()).map((text) =>
      text.trim(),
    );

  it('begins with the weightiest reason, and lists what speaks against the candidate, worst first', async () => {
    await view.sendReady({ comparison: worseModel }, NOW - 3600_000);
    await assertAria(
      view.page.getByRole('list', { name: 'Reasons' }),
      `
        - list "Reasons":
          - listitem:
            - text: Failed
            - strong: auc
            - text: margin
            - paragraph: −0.0124 is worse by more than the margin of 0.005.
            - button "metrics.json:3"
          - listitem:
            - text: Inconclusive
            - strong: recall
            - text: margin
            - paragraph: "−0.0238 is worse than the tolerance of 0.01; no uncertainty is known: give a margin in preflight.yaml, or write predictions."
            - button "metrics.json:5"
          - listitem:
            - text: Warning
            - strong: precision
            - paragraph: It is gone (it was 0.9581), so nothing speaks for the candidate.
            - button "metrics.json:9"`,
    );
    assert.equal(
      await headline(),
      'Failed: auc: \u22120.0124 is worse by more than the margin of 0.005',
    );
    assert.equal(await view.page.locator('time').textContent(), '1 hour ago');
    await assertNamed(view.page.getByRole('main'));
  });

  it('shows every metric: values, signed delta, word, direction and its source, rule, reason', async () => {
    await view.sendReady({ comparison: worseModel });
    const names = await view.page.locator('[data-index] .table-cell:nth-child(2)').allInnerTexts();
    assert.deepEqual(
      names.map((name) => name.trim()),
      [
        'auc',
        'recall',
        'precision',
        'log_loss',
        'accuracy',
        'n_support',
        'brier',
        'f1',
        'latency_p95_ms',
      ],
    );
    assert.deepEqual(await cells('latency_p95_ms'), [
      'passed',
      'latency_p95_ms',
      '12.4',
      '11.9',
      '\u22120.500',
      'better',
      'lower (config)',
      'ceiling',
      '11.9 keeps the ceiling of 40.',
    ]);
    const base = view.page.getByRole('row', { name: 'auc' }).getByRole('gridcell').nth(2);
    assert.equal(await base.getAttribute('title'), '0.99381');
  });

  it('puts the decimal points of a column below each other', async () => {
    await view.sendReady({ comparison: worseModel });
    const places = await view.page.evaluate(`[...document.querySelectorAll(
      '[data-index] .table-cell:nth-child(4) .text'
    )].flatMap((element) => {
      const text = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data !== '');
      const point = text[1]?.data.startsWith('.') ? text[1] : undefined;
      if (point === undefined) return [];
      const range = document.createRange();
      range.setStart(point, 0);
      range.setEnd(point, 1);
      return [range.getBoundingClientRect().left];
    })`);
    assert.ok(Array.isArray(places) && places.length === 7, String(places));
    const lefts = places.map(Number);
    // Within a part of a pixel that nobody sees.
    assert.ok(Math.max(...lefts) - Math.min(...lefts) < 0.2, String(places));
  });

  it('opens a metric at its line by click or Enter, and asks for another baseline', async () => {
    await view.sendReady({ comparison: worseModel });
    await view.page.getByRole('row', { name: 'passed f1' }).click();
    await view.page.keyboard.press('ArrowUp');
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('button', { name: 'HEAD (4f1c2ab)' }).first().click();
    await view.page.getByRole('button', { name: 'Change Baseline' }).click();
    const compareWith = { type: 'run', command: 'mlPreflight.models.compareWith', arguments: [] };
    assert.deepEqual(await view.posted(), [
      { type: 'ready' },
      { type: 'open', file: 'metrics.json', line: 4 },
      { type: 'open', file: 'metrics.json', line: 9 },
      compareWith,
      compareWith,
    ]);
  });

  it('sorts by a column, the missing last, and copies in that order', async () => {
    const metrics = worseModel.metrics.filter(({ name }) => ['auc', 'f1', 'brier'].includes(name));
    await view.sendReady({ comparison: { ...worseModel, metrics } });
    const title = view.page.getByRole('columnheader', { name: 'Delta' });
    const copied = async () => {
      await view.page.getByRole('button', { name: 'Copy metrics as CSV' }).click();
      const last = (await view.posted()).at(-1);
      return last?.type === 'copy' ? last.text.split('\r\n').map((line) => line.split(',')[1]) : [];
    };
    await title.getByRole('button').click();
    assert.equal(await title.getAttribute('aria-sort'), 'descending');
    assert.deepEqual(await copied(), ['Metric', 'f1', 'auc', 'brier', undefined]);
    await title.getByRole('button').click();
    assert.deepEqual(await copied(), ['Metric', 'auc', 'f1', 'brier', undefined]);
    await title.getByRole('button').click();
    assert.equal(await title.getAttribute('aria-sort'), 'none');
  });

  it('copies the whole report as Markdown', async () => {
    const metrics = worseModel.metrics.filter(({ name }) => name === 'auc');
    await view.sendReady({ comparison: { ...worseModel, metrics } });
    await view.page.getByRole('button', { name: 'Copy report as Markdown' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'copy',
      what: 'report as Markdown',
      text: [
        '**Failed\\: auc\\: \u22120.0124 is worse by more than the margin of 0.005**',
        '',
        '- **Failed** auc\\: \u22120.0124 is worse by more than the margin of 0.005.',
        '',
        '| Result | Metric | HEAD \\(4f1c2ab\\) | worktree | Delta | Worse \u2190 Change \u2192 Better | Better Is | Rule | Reason |',
        '| --- | --- | ---: | ---: | ---: | --- | --- | --- | --- |',
        '| failed | auc | 0.994 | 0.981 | \u22120.0124 | worse | higher \\(name\\) | margin | \u22120.0124 is worse by more than the margin of 0.005. |',
        '',
      ].join('\n'),
    });
  });

  it('counts what became of the metrics where nothing speaks against them', async () => {
    const metrics = [
      metric({ name: 'a', change: 'better' }),
      metric({ name: 'b', change: 'same' }),
      metric({ name: 'c', change: 'worse', delta: -0.001 }),
    ];
    await view.sendReady({ comparison: { ...worseModel, verdict: 'pass', metrics } });
    assert.equal(
      await headline(),
      'Passed: of 3 metrics, 1 better, 1 the same, 1 worse within what is allowed',
    );
    assert.equal(await view.page.getByRole('list', { name: 'Reasons' }).count(), 0);
  });

  it('names the models where there are several, and tells what could not be read', async () => {
    const metrics = [metric({ model: 'tumours' }), metric({ model: 'admissions' })];
    const problems = [
      { code: 'json-invalid', message: 'NaN is no JSON.', file: 'metrics.json', line: 3 },
    ];
    await view.sendReady({
      comparison: { ...worseModel, verdict: 'inconclusive', metrics, problems },
    });
    assert.equal(await headline(), 'Inconclusive: NaN is no JSON');
    assert.equal(await view.page.getByRole('columnheader', { name: 'Model' }).count(), 1);
    await view.page.getByRole('listitem').getByRole('button', { name: 'metrics.json:3' }).click();
    assert.deepEqual((await view.posted()).at(-1), { type: 'open', file: 'metrics.json', line: 3 });
  });
});
