import assert from 'node:assert/strict';
import { assertAria } from './ariaText';
import { startViews, type ViewPage, type Views } from './viewPage';

/** What every view does alike, shown on the Data Report. */
describe('States of a view', () => {
  let views: Views;
  let view: ViewPage<'dataReport'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => (view = await views.open('dataReport')));
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  it('says what is being done and how much of it, and can be cancelled', async () => {
    await view.send({
      kind: 'working',
      what: 'train: counting values',
      done: 0.42,
      cancellable: true,
    });
    await assertAria(
      view.page.getByRole('main'),
      `
        - main "dataReport":
          - status:
            - paragraph: "train: counting values · 42 %"
            - 'progressbar "train: counting values"'
            - button "Cancel"`,
    );
    const bar = view.page.getByRole('progressbar');
    assert.equal(await bar.getAttribute('aria-valuenow'), '42');
    await view.page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual((await view.posted()).at(-1), { type: 'cancel' });
  });

  it('promises no end and no cancelling where there is none', async () => {
    await view.send({ kind: 'working', what: 'Comparing the metrics', cancellable: false });
    const bar = view.page.getByRole('progressbar');
    assert.equal(await bar.getAttribute('aria-valuenow'), null);
    assert.equal(await view.page.getByRole('button').count(), 0);
  });

  it('says what would be here, and offers the command that fills it', async () => {
    await view.send({
      kind: 'empty',
      message: 'The validation was cancelled.',
      command: { title: 'Validate Data', command: 'mlPreflight.data.validate' },
    });
    await assertAria(
      view.page.getByRole('main'),
      `
        - main "dataReport":
          - paragraph: The validation was cancelled.
          - button "Validate Data"`,
    );
    await view.page.getByRole('button', { name: 'Validate Data' }).focus();
    await view.page.keyboard.press('Enter');
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'run',
      command: 'mlPreflight.data.validate',
      arguments: [],
    });
  });

  it('says what failed, where, and what to do', async () => {
    await view.send({
      kind: 'failed',
      problem: {
        code: 'engine-lost',
        message: 'The data engine ended in the middle of a profile.',
        file: 'preflight.yaml',
        line: 4,
        fix: 'Validate again.',
      },
    });
    await assertAria(
      view.page.getByRole('main'),
      `
        - main "dataReport":
          - alert:
            - paragraph: The data engine ended in the middle of a profile.
            - paragraph: Validate again.
            - paragraph:
              - button "preflight.yaml:4"
            - paragraph: engine-lost`,
    );
    await view.page.getByRole('button', { name: 'preflight.yaml:4' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'open',
      file: 'preflight.yaml',
      line: 4,
    });
  });

  it('ignores messages that are not states', async () => {
    await view.send({ kind: 'empty', message: 'Nothing here.' });
    await view.page.evaluate(
      `window.postMessage({ type: 'other' }, '*'); window.postMessage(7, '*')`,
    );
    await view.page.getByText('Nothing here.').waitFor();
  });
});
