import assert from 'node:assert/strict';
import { assertAria, assertNamed } from './ariaText';
import { FAINT_TEXTS } from './faintTexts';
import { unwell, well } from './fixtures/doctorReport';
import { NOW, startViews, THEMES, type Theme, type ViewPage, type Views } from './viewPage';

describe('Doctor view', () => {
  let views: Views;
  let view: ViewPage<'doctor'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => (view = await views.open('doctor')));
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  it('says what is missing, what to do, and what was found', async () => {
    await view.sendReady(unwell(), NOW - 60_000);
    await assertAria(
      view.page.getByRole('main'),
      `
        - main "doctor":
          - 'heading "Something needed is missing: dvc: not found" [level=1]'
          - paragraph:
            - text: 9 things looked at
            - time: 1 minute ago
          - button "Copy report as Markdown": Markdown
          - button "Check Again"
          - heading "What to Do" [level=2]
          - list "What to do":
            - listitem:
              - text: Problem
              - strong: dvc
              - text: Tools
              - paragraph: not found
              - paragraph: "Install it with \`pip install dvc\`, or select the Python environment that has it."
            - listitem:
              - text: Warning
              - strong: missing environment
              - text: Python environment
              - paragraph: "poetry.lock in the project: there is no Python environment /home/ada/.cache/pypoetry/virtualenvs/tumours-8CqBxyTE."
              - paragraph: "Make it: poetry install"
            - listitem:
              - text: Warning
              - strong: last command
              - text: Runs
              - paragraph: "train: failed after 2.5 s, exit code 3, 1 hour ago"
              - paragraph: python src/train.py
              - paragraph: "its log: /home/ada/tumours/.git/preflight/logs/train.log"
              - button "Open Log"
          - heading "ML Preflight" [level=2]
          - term: version
          - definition: 0.2.0 on linux-x64, Node 20.20.2
          - term: data engine
          - definition:
            - text: DuckDB 1.5.5 for linux-x64
            - paragraph: /home/ada/.vscode/extensions/ml-preflight/libduckdb.so
          - heading "Git" [level=2]
          - term: git
          - definition: 2.39.5
          - term: commit gate
          - definition:
            - text: "not installed: a commit goes in without being asked"
            - button "Install Commit Gate"
            - paragraph: "Run \`ml-preflight hook install\`."
          - heading "Python environment" [level=2]
          - term: Python
          - definition:
            - text: 3.11.7 in /home/ada/tumours/venv
            - paragraph: Stages run with /home/ada/tumours/venv/bin/python
            - paragraph: from venv in the project
          - heading "Runs" [level=2]
          - term: state folder
          - definition: /home/ada/tumours/.git/preflight (1.24 MB)`,
    );
    await assertNamed(view.page.getByRole('main'));
  });

  it('opens the log, installs the gate, looks again and is copied', async () => {
    await view.sendReady(unwell());
    for (const name of ['Open Log', 'Install Commit Gate', 'Check Again', 'Copy report']) {
      await view.page.getByRole('button', { name }).click();
    }
    assert.deepEqual((await view.posted()).slice(1), [
      { type: 'open', file: '/home/ada/tumours/.git/preflight/logs/train.log' },
      { type: 'run', command: 'mlPreflight.hook.install', arguments: [] },
      { type: 'run', command: 'mlPreflight.doctor.open', arguments: [] },
      { type: 'copy', text: unwell().markdown, what: 'report as Markdown' },
    ]);
  });

  it('is reached by the keyboard alone, in the order in which it is read', async () => {
    await view.sendReady(unwell());
    const order: string[] = [];
    for (let step = 0; step < 4; step++) {
      await view.page.keyboard.press('Tab');
      order.push(await view.page.evaluate('document.activeElement.textContent.trim()'));
    }
    assert.deepEqual(order, ['Markdown', 'Check Again', 'Open Log', 'Install Commit Gate']);
    await view.page.keyboard.press('Enter');
    assert.equal((await view.posted()).at(-1)?.type, 'run');
  });

  it('is quiet where nothing is wrong', async () => {
    await view.sendReady(well());
    assert.equal(
      await view.page.getByRole('heading', { level: 2 }).first().textContent(),
      'ML Preflight',
    );
    assert.equal(await view.page.getByRole('list', { name: 'What to do' }).count(), 0);
  });

  it('shows hostile text as text', async () => {
    const { report, markdown } = unwell();
    const value = '<img src=x onerror=alert(1)>\u202e\u0007';
    const line = {
      id: 'x',
      name: value,
      state: 'problem',
      value,
      notes: [value],
      fix: value,
    } as const;
    const quiet = { ...line, id: 'y', state: 'ok' } as const;
    const groups = [{ title: value, lines: [line, quiet] }];
    await view.sendReady({ report: { ...report, headline: value, groups }, markdown });
    assert.equal(await view.page.locator('img').count(), 0);
    assert.match((await view.page.getByRole('main').textContent()) ?? '', /\\u202e\\u0007/);
  });

  it('fits a narrow column', async () => {
    await view.page.setViewportSize({ width: 320, height: 700 });
    await view.sendReady(unwell());
    const overflow = 'document.documentElement.scrollWidth - window.innerWidth';
    assert.equal(await view.page.evaluate(overflow), 0);
  });

  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`writes every text legibly in ${theme} (WCAG 2.2, 1.4.3: 4.5 to 1)`, async () => {
      await view.setTheme(theme);
      await view.sendReady(unwell());
      assert.deepEqual(await view.page.evaluate(FAINT_TEXTS), []);
    });
  }
});
