import assert from 'node:assert/strict';
import { assertAria, assertNamed } from './ariaText';
import { refused } from './fixtures/checkReport';
import { NOW, startViews, type ViewPage, type Views } from './viewPage';

describe('Gate Report', () => {
  let views: Views;
  let view: ViewPage<'gateReport'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => (view = await views.open('gateReport')));
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  it('says the verdict, why, what to do, and what was judged and what was not', async () => {
    await view.sendReady({ report: refused() }, NOW - 300_000);
    await assertAria(
      view.page.getByRole('main'),
      String.raw`
        - main "gateReport":
          - 'heading "FAILED: tumours: auc: −0.0124 is worse by more than the margin of 0.005 (and 2 more)" [level=1]'
          - paragraph:
            - text: Commit stopped checked in 840 ms
            - time: 5 minutes ago
          - button "Copy report as Markdown": Markdown
          - button "Check Again"
          - heading "Reasons" [level=2]
          - list "Reasons":
            - listitem:
              - text: Error
              - strong: "tumours: auc: −0.0124 is worse by more than the margin of 0.005"
              - text: metric-tolerance
              - paragraph: auc was 0.99381, is 0.98142
              - paragraph: "Improve the model, or allow the loss in preflight.yaml: gate.metrics.auc.margin"
              - button "metrics.json:3"
            - listitem:
              - text: Error
              - strong: "data/train.csv: \"mean_smoothness\" is missing in 15.4 % (44 of 285) of the rows; at most 2.30 % allowed"
              - text: nulls-increased
              - paragraph: expected at most 2.30 %, observed 15.4 % (44 of 285)
              - paragraph: "Allow missing values in \"mean_smoothness\": ml-preflight validate train --accept nulls-increased:mean_smoothness"
              - button "data/train.csv"
            - listitem:
              - text: Not judged
              - strong: "data/test.csv:17: Row 17 has 31 fields where the header has 32"
              - text: csv-ragged
              - paragraph: Quote the field that holds a comma
              - button "data/test.csv:17"
            - listitem:
              - text: Warning
              - strong: "data/train.csv: column \"scanner\" (string) is new"
              - text: column-added
              - paragraph: expected no such column, observed a column of type string
              - paragraph: "values: A, B"
              - paragraph: "Add column \"scanner\" to the schema: ml-preflight validate train --accept column-added:scanner"
              - button "data/train.csv"
          - heading "Judged" [level=2]
          - button "Open Data Report"
          - button "Open Model Comparison"
          - table "what was judged":
            - rowgroup:
              - row "What Result Details":
                - columnheader "What"
                - columnheader "Result"
                - columnheader "Details"
            - rowgroup:
              - 'row "Data: train failed 285 rows, 32 columns, 4 findings"':
                - 'rowheader "Data: train"'
                - cell "failed"
                - cell "285 rows, 32 columns, 4 findings"
              - 'row "Model: worktree against HEAD (4f1c2ab) failed 9 metrics, 3 worse"':
                - 'rowheader "Model: worktree against HEAD (4f1c2ab)"'
                - cell "failed"
                - cell "9 metrics, 3 worse"
          - group: 3 files of the change
          - heading "Not Judged" [level=2]
          - list "Not judged":
            - listitem:
              - text: Not judged
              - strong: models/model.pkl
              - text: model-unreadable
              - paragraph: models/model.pkl is a pointer of Git LFS; its content is not here.
              - paragraph: Run git lfs pull.
              - button "models/model.pkl"`,
    );
    await assertNamed(view.page.getByRole('main'));
  });

  it('links to the evidence and to the other views, and checks again', async () => {
    await view.sendReady({ report: refused() });
    for (const name of [
      'metrics.json:3',
      'models/model.pkl',
      'Open Data Report',
      'Open Model Comparison',
      'Check Again',
    ]) {
      await view.page.getByRole('button', { name }).click();
    }
    assert.deepEqual(await view.posted(), [
      { type: 'ready' },
      { type: 'open', file: 'metrics.json', line: 3 },
      { type: 'open', file: 'models/model.pkl' },
      { type: 'run', command: 'mlPreflight.data.validate', arguments: [] },
      { type: 'run', command: 'mlPreflight.models.compare', arguments: [] },
      { type: 'run', command: 'mlPreflight.gate.check', arguments: [] },
    ]);
  });

  it('is short where nothing speaks against the change', async () => {
    await view.sendReady({
      report: {
        ...refused(),
        verdict: 'pass',
        blocks: false,
        unjudged: false,
        headline: 'ML Preflight passed: nothing staged that concerns data or models',
        reasons: [],
        findings: [],
        comparisons: [],
        datasets: [],
        problems: [],
        judged: [],
      },
    });
    await assertAria(
      view.page.getByRole('main'),
      `
        - main "gateReport":
          - 'heading "Passed: nothing staged that concerns data or models" [level=1]'
          - paragraph: Commit may go in checked in 840 ms
          - button "Copy report as Markdown": Markdown
          - button "Check Again"
          - heading "Judged" [level=2]
          - paragraph: No dataset and no model is touched by the change.`,
    );
  });
});
