import assert from 'node:assert/strict';
import { fortyStages, graphStage, manyStages, tumourPipeline } from './fixtures/pipelines';
import { startViews, until, type ViewPage, type Views } from './viewPage';

const FOCUSED = 'document.activeElement.dataset.id';
const PLANE = 'document.querySelector(".graph-plane").style.transform';

/** Keeps what waits for a second click, and nothing shorter, until it is released. */
const HOLD_TIMERS = `(() => {
  const [start, stop] = [window.setTimeout, window.clearTimeout];
  let last = 0;
  window.held = new Map();
  window.setTimeout = (act, wait) => {
    if (wait < 400) return start(act, wait);
    window.held.set(--last, act);
    return last;
  };
  window.clearTimeout = (id) => (window.held.delete(id) ? undefined : stop(id));
})()`;
const RELEASE_TIMERS =
  '[...window.held].forEach(([id, act]) => { window.held.delete(id); act(); })';
const GLIDED = '!document.querySelector(".graph-window").classList.contains("gliding")';

describe('Moving about in the pipeline graph', () => {
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
  const press = (key: string) => view.page.keyboard.press(key);
  const scale = async () =>
    Number(/scale\(([\d.]+)\)/.exec(String(await view.page.evaluate(PLANE)))?.[1]);
  const goes = async (key: string, to: string) => {
    await press(key);
    await until(view, `${FOCUSED} === '${to}'`);
  };

  it('leads along the edges with the arrow keys, and opens the source with Enter', async () => {
    await show();
    assert.equal(await view.page.locator('.box[tabindex="0"]').count(), 1);
    await box('prepare').focus();
    await goes('ArrowRight', 'train');
    await goes('ArrowRight', 'evaluate');
    await goes('ArrowRight', 'deploy');
    await press('ArrowRight');
    assert.equal(await view.page.evaluate(FOCUSED), 'deploy');
    await goes('ArrowLeft', 'evaluate');
    await goes('Home', 'prepare');
    await goes('End', 'deploy');
    await press('Enter');
    assert.deepEqual((await view.posted()).at(-1), {
      type: 'open',
      file: 'preflight.yaml',
      line: 12,
    });
    await press('Escape');
    assert.equal(await view.page.locator('.box.selected').count(), 0);
  });

  it('reaches every stage of a layer with the other two, and turns the keys with the picture', async () => {
    const leaves = ['a', 'b', 'c'].map((id) => graphStage(id, { upstream: ['root'] }));
    await show([graphStage('root'), ...leaves]);
    const order = await inOrder('y');
    await box(order[0] ?? '').focus();
    await goes('ArrowDown', order[1] ?? '');
    await goes('ArrowDown', order[2] ?? '');
    await goes('ArrowUp', order[1] ?? '');
    await view.page.getByRole('button', { name: 'Draw from top to bottom' }).click();
    const turned = await inOrder('x');
    await box(turned[0] ?? '').focus();
    await goes('ArrowUp', 'root');
    await goes('ArrowDown', turned[1] ?? '');
    await goes('ArrowRight', turned[2] ?? '');
  });

  const inOrder = async (axis: 'x' | 'y'): Promise<readonly string[]> => {
    const places = await Promise.all(
      ['a', 'b', 'c'].map(async (id) => ({ id, at: (await box(id).boundingBox())?.[axis] ?? 0 })),
    );
    return places.sort((a, b) => a.at - b.at).map(({ id }) => id);
  };

  it('opens the source with a double click: nothing moves away from under the pointer', async () => {
    await show();
    await view.page.evaluate(HOLD_TIMERS);
    const before = await box('deploy').boundingBox();
    await box('prepare').dblclick();
    assert.deepEqual((await view.posted()).at(-1), { type: 'open', file: 'dvc.yaml', line: 2 });
    await view.page.getByRole('region', { name: 'Stage prepare' }).waitFor();
    assert.deepEqual(await box('deploy').boundingBox(), before);
    // Nor from under a click on what is only half in sight.
    await press('Shift+ArrowLeft');
    const half = await box('evaluate').boundingBox();
    assert.ok(half !== null && half.x + half.width > 840);
    await view.page.mouse.click(half.x + 20, half.y + 10);
    await view.page.getByRole('region', { name: 'Stage evaluate' }).waitFor();
    assert.deepEqual(await box('evaluate').boundingBox(), half);
    // What the details would cover is moved into sight.
    await box('evaluate').focus();
    await goes('ArrowRight', 'deploy');
    const deploy = await box('deploy').boundingBox();
    assert.ok(deploy !== null && deploy.x + deploy.width < 860);
  });

  it('shows the selected stage with its neighbours beside its details, once no second click can come', async () => {
    const chain = ['a', 'b', 'c', 'd'];
    await show(chain.map((id, at) => graphStage(id, { upstream: chain.slice(0, at).slice(-1) })));
    await view.page.evaluate(HOLD_TIMERS);
    const before = await box('c').boundingBox();
    await box('c').click();
    await view.page.getByRole('region', { name: 'Stage c' }).waitFor();
    assert.deepEqual(await box('c').boundingBox(), before);
    await view.page.evaluate(RELEASE_TIMERS);
    await isInSight(...chain);
    // Without the details the picture has the whole window again.
    await view.page.getByRole('button', { name: 'Close' }).click();
    await until(
      view,
      `(${RELEASE_TIMERS}, document.querySelector('.zoom-tools').getBoundingClientRect().right > 1000)`,
    );
    await until(
      view,
      `(${RELEASE_TIMERS}, document.querySelector('.box[data-id="d"]').getBoundingClientRect().right > 950)`,
    );
    // One who has moved the picture keeps the size of it.
    await box('b').focus();
    await press('0');
    await press('Shift+ArrowLeft');
    await box('b').click();
    await view.page.getByRole('region', { name: 'Stage b' }).waitFor();
    await view.page.evaluate(RELEASE_TIMERS);
    await isInSight('b');
    assert.equal(await scale(), 1);
  });

  const isInSight = async (...ids: readonly string[]): Promise<void> => {
    await until(view, GLIDED);
    for (const id of ids) {
      const place = await box(id).boundingBox();
      const right = (place?.x ?? 0) + (place?.width ?? 0);
      assert.ok(place !== null && place.x > 20 && right < 842, `${id}: ${place?.x}`);
    }
  };

  it('zooms with keys, buttons and the wheel, and fits the whole again', async () => {
    await show();
    await box('train').click();
    await press('0');
    assert.equal(await scale(), 1);
    await press('+');
    assert.equal(await scale(), 1.25);
    await press('-');
    await press('-');
    assert.equal(await scale(), 0.8);
    const before = await box('train').boundingBox();
    assert.ok(before !== null);
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
    await view.page.mouse.move(x, y);
    await view.page.keyboard.down('Control');
    await view.page.mouse.wheel(0, -40);
    await view.page.keyboard.up('Control');
    await until(view, `!${PLANE}.includes('scale(0.8)')`);
    assert.ok((await scale()) > 1.1);
    const after = await box('train').boundingBox();
    // What is under the pointer stays under it.
    assert.ok(after !== null && Math.abs(after.x + after.width / 2 - x) < 1);
    assert.ok(Math.abs(after.y + after.height / 2 - y) < 1);
    await view.page.getByRole('button', { name: /^Fit/ }).click();
    assert.ok((await scale()) <= 1);
  });

  it('moves by dragging, which selects nothing, by the wheel and by keys; never out of sight', async () => {
    await show();
    const start = await box('train').boundingBox();
    assert.ok(start !== null);
    const [x, y] = [start.x + 40, start.y + 10];
    await view.page.mouse.move(x, y);
    await view.page.mouse.down();
    await view.page.mouse.move(x - 60, y + 50, { steps: 4 });
    await view.page.mouse.up();
    const dragged = await box('train').boundingBox();
    assert.deepEqual([dragged?.x, dragged?.y], [start.x - 60, start.y + 50]);
    assert.equal(await view.page.locator('.box.selected').count(), 0);
    await view.page.mouse.wheel(30, 20);
    await until(view, `${PLANE} !== ''`);
    await box('train').focus();
    await press('Shift+ArrowUp');
    const moved = await box('train').boundingBox();
    assert.deepEqual([moved?.x, moved?.y], [start.x - 90, start.y + 110]);
    for (let turn = 0; turn < 60; turn++) await press('Shift+ArrowLeft');
    const far = await box('prepare').boundingBox();
    assert.ok(far !== null && far.x < 1180, `${far?.x}`);
  });

  it('searches, says how many there are, and goes from one to the next', async () => {
    await show(fortyStages());
    await box('calibrate').click();
    await press('/');
    await view.page.keyboard.type('snakemake ing');
    assert.equal(await view.page.locator('.search [role=status]').textContent(), '4 of 40');
    assert.equal(await view.page.locator('.box.match').count(), 4);
    await press('Enter');
    await view.page.getByRole('region', { name: 'Stage ingest_sales' }).waitFor();
    await press('Enter');
    await view.page.getByRole('region', { name: 'Stage ingest_weather' }).waitFor();
    await press('Shift+Enter');
    await press('Shift+Enter');
    await view.page.getByRole('region', { name: 'Stage ingest_stores' }).waitFor();
    const seen = await box('ingest_stores').boundingBox();
    assert.ok(seen !== null && seen.x > 0 && seen.x + seen.width < 860);
    await press('Escape');
    assert.equal(await view.page.locator('.box.match').count(), 0);
  });

  it('filters by status with the legend', async () => {
    await show(fortyStages());
    const legend = view.page.getByRole('group', { name: 'Statuses' });
    assert.deepEqual(
      (await legend.getByRole('button').allInnerTexts()).map((text) =>
        text.replace(/\s+/g, ' ').trim(),
      ),
      ['1 failed', '1 stale', '10 blocked', '3 unknown', '25 fresh'],
    );
    await legend.getByRole('button', { name: '1 stale' }).click();
    assert.deepEqual(await view.page.locator('.box.match .box-name').allInnerTexts(), ['features']);
    await legend.getByRole('button', { name: '1 stale' }).click();
    assert.equal(await view.page.locator('.box.match').count(), 0);
  });

  it('folds the many stages of one definition, and unfolds them', async () => {
    await show(fortyStages());
    const folded = view.page.getByRole('treeitem', {
      name: /^features, 9 stages, 1 stale, 8 fresh/,
    });
    assert.equal(await folded.getAttribute('aria-expanded'), 'false');
    await folded.click();
    await view.page.getByRole('button', { name: 'Unfold 9 stages' }).click();
    await view.page
      .getByRole('treeitem', { name: /^features@west, prepare stage, stale/ })
      .waitFor();
    await view.page.getByRole('button', { name: 'Fold 9 stages of features' }).click();
    await folded.waitFor();
    assert.equal(await folded.getAttribute('aria-selected'), 'true');
  });

  it('draws of 500 stages only what is seen, and keeps the focus on one that is not', async () => {
    await show(manyStages(500));
    await view.page.locator('.box').first().waitFor();
    const drawn = () => view.page.locator('.box').count();
    assert.ok((await drawn()) < 200, `${await drawn()}`);
    await view.page.locator('.box[tabindex="0"]').focus();
    const start = await view.page.evaluate(FOCUSED);
    await press('Home');
    await until(view, `${FOCUSED} === 'stage_0'`);
    for (let turn = 0; turn < 40; turn++) await press('Shift+ArrowRight');
    assert.equal(await view.page.evaluate(FOCUSED), 'stage_0');
    assert.ok((await drawn()) < 200);
    await goes('ArrowRight', 'stage_25');
    const seen = await box('stage_25').boundingBox();
    assert.ok(seen !== null && seen.x > 0 && seen.x < 860, `${String(start)} ${seen?.x}`);
  });

  it('shows what dagre cannot lay out: a chain of 2,500 stages', async () => {
    const chain = Array.from({ length: 2500 }, (_, index) =>
      graphStage(`s${index}`, { upstream: index === 0 ? [] : [`s${index - 1}`] }),
    );
    await show(chain);
    await view.page.locator('.box').first().waitFor();
    await view.page.locator('.box[tabindex="0"]').focus();
    await goes('End', 's2499');
  });

  it('shows pipelines of one stage, of a cycle and of hostile names', async () => {
    await show([graphStage('only')]);
    await view.page.getByRole('heading', { name: 'only is fresh' }).waitFor();
    await show([
      graphStage('a', { upstream: ['c', 'a', 'gone'] }),
      graphStage('b', { upstream: ['a'] }),
      graphStage('c', { upstream: ['b'] }),
      graphStage('d', { upstream: ['c'] }),
    ]);
    await view.page
      .getByRole('heading', {
        name: 'No order can run these stages, for each waits for another: a, b, c',
      })
      .waitFor();
    assert.equal(await view.page.locator('.edge').count(), 4);
    assert.equal(await view.page.locator('.edge.back').count(), 1);
    const names = [
      '<img src=x onerror="window.harmed = true">',
      'n'.repeat(300),
      'price\u202ecod.exe',
      'line\nbreak',
      '__proto__',
    ];
    await show(names.map((name, index) => graphStage(name, { upstream: names.slice(0, index) })));
    for (const [index, name] of names.entries()) {
      await view.page.locator('.box').nth(index).focus();
      await press(' ');
      const command = view.page.getByRole('code');
      await command.waitFor();
      assert.ok(await view.page.locator('.details h2').textContent(), name);
    }
    assert.equal(await view.page.evaluate('window.harmed'), undefined);
    assert.equal(await view.page.locator('main img').count(), 0);
    const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    assert.equal(await view.page.evaluate(wide), 0);
  });
});
