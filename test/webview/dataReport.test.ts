import assert from 'node:assert/strict';
import type { FailingRows } from '../../src/data/finding';
import type { Locator } from 'playwright-core';
import type { DatasetDiff } from '../../src/data/rowDiff/rowDiff';
import type { DatasetReport } from '../../src/data/report';
import { assertAria, assertNamed } from './ariaText';
import { tumours, tumoursDataset } from './fixtures/tumours';
import { NOW, startViews, until, type ViewPage, type Views } from './viewPage';

describe('Data Report', () => {
  let views: Views;
  let view: ViewPage<'dataReport'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => (view = await views.open('dataReport')));
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  const row = (name: string) => view.page.getByRole('row', { name });

  it('begins with the verdict, then lists the findings by weight', async () => {
    await view.sendReady({ report: tumours() }, NOW - 300_000);
    const { page } = view;
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'train failed: 3 errors and 1 warning in 4 of 32 columns',
    );
    assert.equal(await page.locator('time').textContent(), '5 minutes ago');
    await assertAria(
      page.getByRole('listitem').nth(2),
      String.raw`
        - listitem:
          - text: Error
          - button "diagnosis"
          - button "string-variants"
          - paragraph: "\"diagnosis\" writes the same in several ways: \"benign\" also as \"Benign\" (7 rows) and \"malignant\" also as \"Malignant\" (6 rows)."
          - term: Observed
          - definition: 2 other spellings in 13 rows
          - term: Expected
          - definition: the spellings of before
          - term: Effect
          - definition: 4.56 % of rows
          - text: Values
          - code: Benign
          - code: Malignant
          - 'button "Accept: Do not apply string-variants to \"diagnosis\""'
          - button "Show Rows"
          - button "Open Schema"`,
    );
    const subjects = await page.locator('.subject').allTextContents();
    assert.deepEqual(
      subjects.map((subject) => subject.trim()),
      ['mean_smoothness', 'mean_radius', 'diagnosis', 'scanner'],
    );
    await assertNamed(page.getByRole('main'));
  });

  it('asks the editor to accept a finding, to open its schema and the data, and to validate again', async () => {
    await view.sendReady({ report: tumours() });
    const item = view.page.getByRole('listitem').nth(1);
    await item.getByRole('button', { name: 'Accept' }).click();
    await item.getByRole('button', { name: 'Open Schema' }).click();
    await view.page.getByRole('button', { name: 'data/train.csv' }).click();
    await view.page.getByRole('button', { name: 'Validate Again' }).click();
    assert.deepEqual(await view.posted(), [
      { type: 'ready' },
      {
        type: 'run',
        command: 'mlPreflight.data.accept',
        arguments: ['train', 'drift:mean_radius'],
      },
      { type: 'open', file: '.preflight/schemas/train.yaml' },
      { type: 'open', file: 'data/train.csv' },
      { type: 'run', command: 'mlPreflight.data.validate', arguments: ['train'] },
    ]);
  });

  it('says plainly where only a footer was read, and offers to read the values', async () => {
    const whole = tumoursDataset();
    const [first, ...others] = whole.columns;
    assert.ok(first !== undefined);
    const dataset: DatasetReport = {
      ...whole,
      verdict: 'inconclusive',
      findings: [],
      exact: false,
      columns: [{ ...first, nulls: 0, untold: ['nulls'] }, ...others],
      footer: { decided: ['column-missing', 'type-changed'], undecided: ['nulls-increased'] },
    };
    await view.sendReady({ report: { verdict: 'inconclusive', datasets: [dataset] } });
    const { page } = view;
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'train was not judged as a whole: its footer shows nothing wrong, and no value was read',
    );
    assert.match(await page.getByRole('main').innerText(), /footer only: values were not read/);
    assert.match(
      (await page.locator('.banner').allInnerTexts()).join(),
      /The footer decides column-missing, type-changed\./,
    );
    assert.match(await row(first.name).first().innerText(), /not told/);
    await page.getByRole('button', { name: 'Validate Data' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'run',
      command: 'mlPreflight.data.validate',
      arguments: ['train'],
    });
  });

  it('shows the rows of a finding below it, with the lines of the file', async () => {
    const dataset = withRowFilters(tumoursDataset());
    const report = { verdict: dataset.verdict, datasets: [dataset] };
    const place = dataset.findings.findIndex(({ rule }) => rule === 'string-variants');
    await view.sendReady({ report });
    const item = view.page.getByRole('listitem').filter({ hasText: 'string-variants' });
    await item.getByRole('button', { name: 'Show Rows' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'run',
      command: 'mlPreflight.data.showRows',
      arguments: ['train', String(place)],
    });
    await view.sendReady({
      report,
      rows: [{ dataset: 'train', finding: place, state: { kind: 'read', rows: diagnosisRows() } }],
    });
    assert.equal(await item.getByRole('button', { name: 'Hide Rows' }).count(), 1);
    const rows = item.getByRole('row');
    assert.deepEqual(await rows.allInnerTexts().then((texts) => texts.map(squeeze)), [
      'Line diagnosis mean_radius note',
      '18 Benign 12.4 <b>bold</b>',
      '40 Malignant null (empty text)',
    ]);
    await item.getByRole('button', { name: '40' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'open',
      file: 'data/train.csv',
      line: 40,
    });
  });

  it('leads from what another tool found to where that tool says so', async () => {
    const dataset = tumoursDataset();
    const [first] = dataset.findings;
    assert.ok(first !== undefined);
    const { fix: _, ...finding } = first;
    const source = { tool: 'Great Expectations', file: 'gx/run.json', line: 12 };
    const findings = [{ ...finding, source }];
    await view.sendReady({ report: { verdict: 'fail', datasets: [{ ...dataset, findings }] } });
    const item = view.page.getByRole('listitem').first();
    // Its rule is explained by that tool, and its schema is not ours.
    assert.deepEqual(await item.getByRole('button').allInnerTexts(), [
      'mean_smoothness',
      'Show Rows',
      'gx/run.json:12',
    ]);
    await item.getByRole('button', { name: 'gx/run.json:12' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'open',
      file: 'gx/run.json',
      line: 12,
    });
  });

  it('says why the rows of a finding are not there', async () => {
    const dataset = withRowFilters(tumoursDataset());
    const problem = { code: 'file-missing', message: 'There is no such data file.' };
    await view.sendReady({
      report: { verdict: dataset.verdict, datasets: [dataset] },
      rows: [{ dataset: 'train', finding: 0, state: { kind: 'failed', problem } }],
    });
    await view.page.getByText('The rows could not be read. There is no such data file.').waitFor();
  });

  it('compares the rows with another version on request', async () => {
    await view.sendReady({ report: tumours() });
    const section = view.page.getByRole('region', { name: 'Rows' });
    await section.getByRole('button', { name: 'Compare Rows…' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'run',
      command: 'mlPreflight.data.compareRows',
      arguments: ['train'],
    });
    const diff = patientsDiff();
    await view.sendReady({
      report: tumours(),
      diff: { dataset: 'train', state: { kind: 'read', diff } },
    });
    await section.getByText('HEAD (1a2b3c4) against the work tree, by patient').waitFor();
    const cellsOf = (table: Locator) =>
      table
        .getByRole('row')
        .allInnerTexts()
        .then((texts) => texts.map(squeeze));
    assert.deepEqual(await cellsOf(section.getByRole('table', { name: 'Changed rows' })), [
      'Row patient Changes',
      '7 P7 radius 12.1 → 121; note null → (empty text)',
    ]);
    assert.deepEqual(await cellsOf(section.getByRole('table', { name: 'Added rows' })), [
      'Row patient radius',
      '9 P9 11.5',
    ]);
    await section.getByText('Removed rows: the first 1 of 40').waitFor();
    await section.getByRole('button', { name: 'Copy changed rows as CSV' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'copy',
      text: 'Row,patient,Changes\r\n7,P7,radius: 12.1 → 121; note:  → \r\n',
      what: 'changed rows as CSV',
    });
    await assertNamed(section);
  });

  it('shows the dataset whose rows are compared, and what a key would tell of them', async () => {
    const other = { ...tumoursDataset(), name: 'test' };
    const report = { ...tumours(), datasets: [...tumours().datasets, other] };
    await view.sendReady({ report });
    const headline = view.page.getByRole('heading', { level: 1 });
    assert.match((await headline.textContent()) ?? '', /^train failed/);
    const { key: _, ...diff } = patientsDiff();
    const state = { kind: 'read', diff: { ...diff, dataset: 'test', changed: 0 } } as const;
    await view.sendReady({ report, diff: { dataset: 'test', state } });
    assert.match((await headline.textContent()) ?? '', /^test failed/);
    await view.page.getByText('A row that changed counts as one removed and one added.').waitFor();
  });

  it('says that no row changed', async () => {
    const samples = { columns: ['patient'], added: [], removed: [], changed: [] };
    const counts = { added: 0, removed: 0, changed: 0, same: 285, from: 285, to: 285 };
    await view.sendReady({
      report: tumours(),
      diff: {
        dataset: 'train',
        state: { kind: 'read', diff: { ...patientsDiff(), ...counts, samples, changes: [] } },
      },
    });
    await view.page.getByText('All 285 rows are the same.').waitFor();
  });

  it('searches and filters the columns', async () => {
    await view.sendReady({ report: tumours() });
    await view.page.getByRole('searchbox').fill('RADIUS');
    await assertAria(
      view.page.getByRole('grid'),
      `
        - grid "columns of train":
          - rowgroup:
            - row "Column Type Nulls Distribution Largest Effect":
              - columnheader "Column":
                - button "Column"
              - columnheader "Type":
                - button "Type"
              - columnheader "Nulls":
                - button "Nulls"
              - columnheader "Distribution":
                - button "Distribution"
              - columnheader "Largest Effect":
                - button "Largest Effect"
          - rowgroup:
            - row "mean_radius number 0 % PSI 0.575 · drift":
              - gridcell "mean_radius"
              - gridcell "number"
              - gridcell "0 %"
              - gridcell "above 19.7 35.8 %; 17.5 to 19.7 18.2 %; 14.1 to 15.5 10.5 %"
              - gridcell "PSI 0.575 · drift"
            - row "radius_error number 0 % PSI 0":
              - gridcell "radius_error"
              - gridcell "number"
              - gridcell "0 %"
              - gridcell "0.367 to 0.433 11.6 %; 0.214 to 0.245 10.9 %; 0.245 to 0.280 10.9 %"
              - gridcell "PSI 0"
            - row "worst_radius number 0 % PSI 0.0319":
              - gridcell "worst_radius"
              - gridcell "number"
              - gridcell "0 %"
              - gridcell "15.9 to 17.6 15.1 %; 17.6 to 20.9 13.3 %; 20.9 to 24.3 12.3 %"
              - gridcell "PSI 0.0319"`,
    );
    assert.equal(
      await view.page.locator('.section-head [role=status]').textContent(),
      '3 of 32 columns',
    );
    await view.page.getByRole('button', { name: 'Only with Findings' }).click();
    assert.equal(
      await view.page.locator('.section-head [role=status]').textContent(),
      '1 of 32 columns',
    );
    await view.page.getByRole('searchbox').fill('no such column');
    await view.page.getByText('No column matches.').waitFor();
  });

  it('opens a column: its chart, the table behind it and its statistics', async () => {
    await view.sendReady({ report: tumours() });
    await row('mean_radius').click();
    const detail = view.page.getByRole('region', { name: 'Column mean_radius' });
    await detail.getByRole('img', { name: /in 10 bins/ }).waitFor();
    assert.equal(await canvasIsDrawn(view), true);
    // The three facts of the gate, and the noise of 284 against 285 rows in 10 bins: (1/284 + 1/285) * 9.
    assert.deepEqual(await detail.locator('dd').allTextContents(), [
      '0.575',
      '0.360',
      '0.1',
      '0.0633',
      '+1.07 \u03c3',
    ]);
    await detail.getByRole('button', { name: 'Show Table' }).click();
    // 28 of 284 and 102 of 285 rows.
    await assertAria(
      detail.getByRole('row', { name: 'above 19.7' }),
      `
        - row "above 19.7 9.86 % 35.8 % +25.9 points 0.325 marked":
          - rowheader "above 19.7"
          - cell "9.86 %"
          - cell "35.8 %"
          - cell "+25.9 points"
          - cell "0.325"
          - cell "marked"`,
    );
    await assertAria(
      detail.getByRole('row', { name: 'Mean' }),
      `
        - row "Mean 14.2 18.1 +3.89":
          - rowheader "Mean"
          - cell "14.2"
          - cell "18.1"
          - cell "+3.89"`,
    );
    await detail.getByRole('button', { name: 'Close column' }).click();
    assert.equal(await detail.count(), 0);
  });

  it('charts categories as rows, and marks those that a finding names', async () => {
    await view.sendReady({ report: tumours() });
    await row('diagnosis').click();
    const detail = view.page.getByRole('region', { name: 'Column diagnosis' });
    await detail.getByText('named by a finding').waitFor();
    await detail.getByRole('button', { name: 'Show Table' }).click();
    const rows = detail.getByRole('table', { name: 'bins of diagnosis' }).getByRole('row');
    // Shares of the 285 rows. The reference knows the first two values only: the others make up one cell of 13 rows
    // against none of 284, with half a row added to each of three cells, of which each of the two has half.
    assert.deepEqual(await rows.allInnerTexts().then((texts) => texts.slice(3).map(squeeze)), [
      'Benign 0 % 2.46 % +2.46 points 0.0747 marked',
      'Malignant 0 % 2.11 % +2.11 points 0.0747 marked',
    ]);
  });

  it('copies the table as CSV, with all digits, and the chart as a picture', async () => {
    await view.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await view.sendReady({ report: tumours() });
    await view.page.getByRole('searchbox').fill('diagnosis');
    await view.page.getByRole('button', { name: 'Copy columns of train as CSV' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'copy',
      what: 'columns of train as CSV',
      text:
        'Column,Type,Nulls,Distribution,Largest Effect\r\n' +
        'diagnosis,string,0,,4.56 % \u00b7 string-variants\r\n',
    });
    await row('diagnosis').click();
    await view.page.getByRole('button', { name: 'Copy the chart as PNG' }).click();
    await view.page.getByText('Copied', { exact: true }).waitFor();
    const types = 'navigator.clipboard.read().then(([item]) => item.types)';
    assert.deepEqual(await view.page.evaluate(types), ['image/png']);
  });

  it('says that there is no baseline, and offers to write one', async () => {
    const { reference: _, ...first } = tumoursDataset({ verdict: 'pass', findings: [] });
    await view.sendReady({ report: { verdict: 'pass', datasets: [first] } });
    const { page } = view;
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'train was measured, but there is no baseline to judge it by',
    );
    await page.getByText('No baseline yet').waitFor();
    await page.getByRole('button', { name: 'Write Schema and Baseline' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'run',
      command: 'mlPreflight.data.writeBaseline',
      arguments: ['train'],
    });
  });

  it('offers the datasets gravest first, and shows the one that the editor asks for', async () => {
    const good = tumoursDataset({
      name: 'test',
      path: 'data/test.csv',
      verdict: 'pass',
      findings: [],
    });
    const report = { ...tumours(), datasets: [good, ...tumours().datasets] };
    await view.sendReady({ report });
    const choice = view.page.getByRole('combobox', { name: 'Dataset' });
    const options = await choice.getByRole('option').allTextContents();
    assert.deepEqual(options.map(squeeze), ['train (failed)', 'test (passed)']);
    const headline = view.page.getByRole('heading', { level: 1 });
    assert.match((await headline.textContent()) ?? '', /^train failed/);
    await choice.selectOption('test');
    assert.equal(await headline.textContent(), 'test passed: 32 columns as expected');
    await view.sendReady({ report, selected: { dataset: 'train', asked: 5 } });
    assert.match((await headline.textContent()) ?? '', /^train failed/);
    await choice.selectOption('test');
    await view.sendReady({ report, selected: { dataset: 'train', asked: 5 } });
    assert.match((await headline.textContent()) ?? '', /^test passed/);
    await view.sendReady({ report, selected: { dataset: 'train', asked: 6 } });
    assert.match((await headline.textContent()) ?? '', /^train failed/);
  });

  it('tells what could not be read, with a link to the line', async () => {
    const { reference: _, ...unread } = tumoursDataset({
      verdict: 'inconclusive',
      columns: [],
      findings: [],
      problems: [
        { code: 'csv-ragged', message: 'Row 17 has 31 fields.', file: 'data/train.csv', line: 17 },
      ],
    });
    await view.sendReady({ report: { verdict: 'inconclusive', datasets: [unread] } });
    assert.equal(
      await view.page.getByRole('heading', { level: 1 }).textContent(),
      'train could not be judged: Row 17 has 31 fields',
    );
    await view.page.getByRole('button', { name: 'data/train.csv:17' }).click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'open',
      file: 'data/train.csv',
      line: 17,
    });
  });

  it('keeps selection, sort, search, filter and scroll over a reload', async () => {
    await view.sendReady({ report: tumours() });
    const { page } = view;
    await row('mean_radius').click();
    await page.getByRole('button', { name: 'Show Table' }).click();
    await page.getByRole('button', { name: 'Column', exact: true }).click();
    await page.getByRole('searchbox').fill('o');
    const scrolled = 'document.querySelector(".table-scroll").scrollTop';
    await page.evaluate(`${scrolled} = 44; window.scrollTo(0, 200)`);
    const saved = 'JSON.parse(sessionStorage.getItem("state"))';
    await until(view, `${saved}.tableScroll === 44 && ${saved}.scroll === 200`);
    await page.reload();
    await view.sendReady({ report: tumours() });
    await page.getByRole('region', { name: 'Column mean_radius' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Show Chart' }).count(), 1);
    assert.equal(await page.getByRole('searchbox').inputValue(), 'o');
    assert.equal(await page.locator('[aria-sort=ascending]').innerText(), 'Column');
    assert.equal(await page.evaluate(scrolled), 44);
    await until(view, 'window.scrollY === 200');
  });
});

/** The findings as of a validation that knows their rows. */
function withRowFilters(dataset: DatasetReport): DatasetReport {
  return {
    ...dataset,
    findings: dataset.findings.map((finding) => ({
      ...finding,
      where: { kind: 'missing', column: finding.column ?? '' },
    })),
  };
}

function diagnosisRows(): FailingRows {
  return {
    columns: ['mean_radius', 'diagnosis', 'note'],
    rows: [
      { line: 18, values: ['12.4', 'Benign', '<b>bold</b>'] },
      { line: 40, values: [null, 'Malignant', ''] },
    ],
    total: 2,
  };
}

function patientsDiff(): DatasetDiff {
  return {
    dataset: 'train',
    path: 'data/train.csv',
    versions: { from: 'HEAD (1a2b3c4)', to: 'worktree' },
    from: 324,
    to: 285,
    key: ['patient'],
    added: 1,
    removed: 40,
    changed: 1,
    same: 283,
    columns: { added: [], removed: [], retyped: [] },
    changes: [
      { column: 'radius', count: 1 },
      { column: 'note', count: 1 },
    ],
    samples: {
      columns: ['patient', 'radius'],
      added: [{ row: 9, values: ['P9', '11.5'] }],
      removed: [{ row: 3, values: ['P3', '10'] }],
      changed: [
        {
          from: 8,
          to: 7,
          key: ['P7'],
          values: [
            { column: 'radius', from: '12.1', to: '121' },
            { column: 'note', from: null, to: '' },
          ],
        },
      ],
    },
  };
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether anything but background is on the canvas. */
function canvasIsDrawn(view: ViewPage<'dataReport'>): Promise<boolean> {
  return view.page.evaluate(`(() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  })()`);
}
