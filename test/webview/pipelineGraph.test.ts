import assert from 'node:assert/strict';
import { assertAria, assertNamed } from './ariaText';
import { FAINT_TEXTS } from './faintTexts';
import { fortyStages, graphStage, tumourPipeline } from './fixtures/pipelines';
import { NOW, startViews, THEMES, until, type Theme, type ViewPage, type Views } from './viewPage';

describe('Pipeline graph', () => {
  let views: Views;
  let view: ViewPage<'pipelineGraph'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => (view = await views.open('pipelineGraph')));
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  const show = (stages = tumourPipeline()) => view.sendReady({ project: 'tumours', stages });
  const box = (id: string) => view.page.locator(`.box[data-id="${id}"]`);
  const button = (name: string | RegExp) => view.page.getByRole('button', { name });

  it('tells a screen reader what the picture shows', async () => {
    await show();
    await assertAria(
      view.page.getByRole('tree'),
      `
        - tree "Pipeline tumours":
          - treeitem "prepare, prepare stage, fresh, DVC, before validate and train and evaluate" [level=1]
          - treeitem "validate, validate stage, fresh, DVC, after prepare" [level=2]
          - treeitem "train, train stage, stale, DVC, after prepare, before evaluate and deploy" [level=2]
          - treeitem "evaluate, evaluate stage, blocked, DVC, after prepare and train, before deploy" [level=3]
          - treeitem "deploy, deploy stage, never run, preflight.yaml, after evaluate and train" [level=4]`,
    );
    await assertNamed(view.page.getByRole('main'));
  });

  it('says why a stage is stale, how it ran last, and what it is joined with', async () => {
    await show();
    await box('train').click();
    await assertAria(
      view.page.getByRole('region'),
      `
        - region "Stage train":
          - heading "train" [level=2]
          - button "Close"
          - paragraph: stale train · DVC
          - list "Reasons":
            - listitem: "params.yaml: train.learning_rate 0.1 -> 0.3"
            - listitem: src/train.py has changed
          - group "Actions":
            - button "Run"
            - button "Run Downstream"
            - button "Debug"
            - button "Show Log"
            - button "Open Definition"
          - term: Command
          - definition:
            - code: python src/train.py --config params.yaml
          - term: Last run
          - definition:
            - text: succeeded after 1 min 14 s,
            - time: 1 hour ago
          - term: Defined in
          - definition:
            - button "dvc.yaml:16"
          - heading "Reads from" [level=3]
          - list "Reads from":
            - listitem:
              - button "prepare"
          - heading "Read by" [level=3]
          - list "Read by":
            - listitem:
              - button "evaluate"
            - listitem:
              - button "deploy"`,
    );
  });

  it('runs, debugs and opens the selected stage', async () => {
    await show();
    await box('train').click();
    for (const name of ['Run', 'Run Downstream', 'Debug', 'Show Log', 'Open Definition']) {
      await view.page.getByRole('button', { name, exact: true }).click();
    }
    await button('Run Pipeline').click();
    const run = (command: string, ...args: readonly string[]) => ({
      type: 'run',
      command: `mlPreflight.${command}`,
      arguments: args,
    });
    assert.deepEqual(await view.posted(), [
      { type: 'ready' },
      run('stage.run', 'train'),
      run('stage.runDownstream', 'train'),
      run('stage.debug', 'train'),
      run('stage.showLog', 'train'),
      { type: 'open', file: 'dvc.yaml', line: 16 },
      run('pipeline.run'),
    ]);
  });

  it('offers to stop what is running, and nothing where nothing can be run', async () => {
    const server = graphStage('serve', { notRunnable: "Airflow's scheduler runs it" });
    const running = graphStage('fit', {
      status: 'running',
      lastRun: { status: 'running', started: 0, seconds: undefined, exitCode: undefined },
    });
    await show([server, running]);
    await box('fit').click();
    await button('Stop').click();
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'run',
      command: 'mlPreflight.stage.stop',
      arguments: ['fit'],
    });
    await box('serve').click();
    await view.page.getByText("Airflow's scheduler runs it").waitFor();
    assert.equal(await view.page.getByRole('button', { name: 'Run', exact: true }).count(), 0);
  });

  it('highlights what the selected stage builds on and what builds on it', async () => {
    await show();
    await box('train').click();
    const weights = `[...document.querySelectorAll('.box')].map(({ dataset, classList }) =>
      dataset.id + ' ' + ['path', 'dim', 'selected'].filter((name) => classList.contains(name)))`;
    assert.deepEqual(await view.page.evaluate(weights), [
      'prepare path',
      'validate dim',
      'train selected',
      'evaluate path',
      'deploy path',
    ]);
    // prepare -> train, train -> evaluate, evaluate -> deploy, train -> deploy.
    assert.equal(await view.page.locator('.edge.path').count(), 4);
  });

  it('is live: a new status leaves the picture, the selection and the focus as they are', async () => {
    await show();
    await box('train').click();
    await box('train').press('+');
    await box('train').press('Shift+ArrowLeft');
    const before = await view.page.evaluate(PLANE);
    const place = await box('train').getAttribute('style');
    await show(
      tumourPipeline().map((stage) =>
        stage.id === 'train' ? { ...stage, status: 'running', reasons: [] } : stage,
      ),
    );
    assert.equal(await box('train').getAttribute('data-state'), 'running');
    assert.equal(await view.page.evaluate(PLANE), before);
    assert.equal(await box('train').getAttribute('style'), place);
    assert.equal(await view.page.evaluate('document.activeElement.dataset.id'), 'train');
    await view.page.getByRole('region', { name: 'Stage train' }).waitFor();
  });

  it('says for how long a stage has been running, and a screen reader not every second', async () => {
    const lastRun = { status: 'running', started: NOW - 16_400, seconds: undefined } as const;
    await show([
      graphStage('fit', { status: 'running', lastRun: { ...lastRun, exitCode: undefined } }),
    ]);
    assert.match(await box('fit').innerText(), /running · 1[67] s/);
    assert.equal(await box('fit').getAttribute('aria-label'), 'fit, other stage, running, DVC');
    await box('fit').click();
    await view.page.getByText(/^running for 1\d s, started/).waitFor();
  });

  it('names the tool of each stage only where there are several', async () => {
    await show();
    assert.match(await box('deploy').innerText(), /never run\s*preflight\.yaml/);
    const facts = `document.querySelector('[data-id="deploy"] .box-facts')`;
    assert.ok(await view.page.evaluate(`${facts}.scrollWidth <= ${facts}.clientWidth`), 'not cut');
    await show(tumourPipeline().filter(({ tool }) => tool === 'dvc'));
    assert.doesNotMatch(await box('train').innerText(), /DVC/);
  });

  it('keeps what the user chose over a reload, until the editor wants another stage', async () => {
    await show(fortyStages());
    await button('Draw from top to bottom').click();
    await view.page.getByRole('searchbox').fill('clean');
    await view.page.getByRole('searchbox').press('Enter');
    await box('clean_sales').press('+');
    await until(view, 'JSON.parse(sessionStorage.state).viewport?.scale > 0.9');
    const before = await view.page.evaluate(PLANE);
    await view.page.reload();
    await show(fortyStages());
    assert.equal(await view.page.evaluate(PLANE), before);
    assert.equal(await view.page.getByRole('searchbox').inputValue(), 'clean');
    await view.page.getByRole('region', { name: 'Stage clean_sales' }).waitFor();
    const content = { project: 'x', stages: fortyStages() };
    await view.sendReady({ ...content, selected: { stage: 'deploy', asked: 5 } });
    await view.page.getByRole('region', { name: 'Stage deploy' }).waitFor();
    await button('Close').click();
    await view.sendReady({ ...content, selected: { stage: 'deploy', asked: 5 } });
    assert.equal(await view.page.getByRole('region').count(), 0);
  });

  it('has the same as a table', async () => {
    await show();
    await view.page.getByRole('button', { name: 'Table', exact: true }).click();
    const rows = await view.page.locator('[data-index]').allInnerTexts();
    assert.equal(rows.length, 5);
    assert.match(
      rows[3] ?? '',
      /evaluate\s+blocked\s+train is stale\s+evaluate\s+DVC\s+prepare, train\s+10 minutes ago\s+1\.2 s/,
    );
    await view.page.getByRole('columnheader', { name: 'Status' }).getByRole('button').click();
    await view.page.locator('[data-index="0"]').click();
    await view.page.getByRole('region', { name: 'Stage train' }).waitFor();
    await view.page.getByRole('button', { name: 'Graph', exact: true }).click();
    assert.equal(await box('train').getAttribute('aria-selected'), 'true');
  });

  it('is copied as a picture, a flowchart and a table, whatever the names are', async () => {
    const [name, control] = ['<script>&"\'', 'a\u0000\u001bb\u202e'];
    await show([graphStage(name), graphStage(control, { upstream: [name] })]);
    await button('Copy graph as SVG').click();
    const copied = (await view.posted()).at(-1);
    assert.ok(copied?.type === 'copy' && copied.what === 'graph as SVG');
    const read = `(() => {
      const picture = new DOMParser().parseFromString(${JSON.stringify(copied.text)}, 'image/svg+xml');
      return [picture.querySelector('parsererror, script')?.textContent,
        ...[...picture.querySelectorAll('text[font-weight]')].map(({ textContent }) => textContent)];
    })()`;
    assert.deepEqual(await view.page.evaluate(read), [undefined, name, 'a\\u0000\\u001bb\\u202e']);
    for (const what of ['graph as Mermaid', 'stages as CSV', 'stages as Markdown']) {
      await button(`Copy ${what}`).click();
      const last = (await view.posted()).at(-1);
      assert.ok(last?.type === 'copy' && last.what === what && last.text.includes('fresh'));
    }
  });

  it('writes every text legibly, in each theme', async () => {
    await show();
    await box('train').click();
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await view.setTheme(theme);
      assert.deepEqual(await view.page.evaluate(FAINT_TEXTS), [], theme);
    }
  });

  it('turns nothing where motion is unwelcome', async () => {
    await view.page.emulateMedia({ reducedMotion: 'reduce' });
    await show([graphStage('fit', { status: 'running' })]);
    const animation = 'getComputedStyle(document.querySelector(".box .codicon")).animationName';
    assert.equal(await view.page.evaluate(animation), 'none');
  });
});

const PLANE = 'document.querySelector(".graph-plane").style.transform';
