import assert from 'node:assert/strict';
import { FAINT_TEXTS } from './faintTexts';
import { tumours } from './fixtures/tumours';
import { startViews, THEMES, until, type Theme, type ViewPage, type Views } from './viewPage';

const NAMES = Object.keys(THEMES) as Theme[];

describe('Themes', () => {
  let views: Views;
  let view: ViewPage<'dataReport'>;
  before(async () => (views = await startViews()));
  after(() => views.close());
  beforeEach(async () => {
    view = await views.open('dataReport');
    await view.sendReady({ report: tumours() });
    await view.page.getByRole('row', { name: 'mean_radius' }).click();
    await view.page.getByRole('img', { name: /^Histogram/ }).waitFor();
  });
  afterEach(async () => {
    assert.deepEqual(view.complaints, []);
    await view.page.context().close();
  });

  it("draws the chart in the theme's colours, anew when the theme changes", async () => {
    for (const theme of [...NAMES, ...NAMES.toReversed()]) {
      await view.setTheme(theme);
      // The tallest bar is that of the last bin now: its colour is that of the current data.
      await until(view, `${BAR_COLOUR} === ${colourOf('--vscode-charts-blue')}`);
    }
  });

  it('writes every text legibly, in each theme (WCAG 2.2, 1.4.3: 4.5 to 1)', async () => {
    for (const theme of NAMES) {
      await view.setTheme(theme);
      const faint = await view.page.evaluate(FAINT_TEXTS);
      assert.deepEqual(faint, [], theme);
    }
  });

  it('outlines the selected row where the theme has high contrast', async () => {
    await view.setTheme('highContrast');
    const outline = 'getComputedStyle(document.querySelector(".selected")).outlineColor';
    assert.equal(await view.page.evaluate(outline), 'rgb(243, 133, 24)');
  });
});

/** The colour in the middle of the last current bar, as the canvas has it. */
const BAR_COLOUR = `(() => {
  const canvas = document.querySelector('canvas');
  const ratio = canvas.width / canvas.clientWidth;
  const [x, y] = [canvas.clientWidth - 14, canvas.clientHeight - 60];
  const copy = document.createElement('canvas').getContext('2d');
  copy.drawImage(canvas, -Math.round(x * ratio), -Math.round(y * ratio));
  const { data } = copy.getImageData(0, 0, 1, 1);
  return 'rgb(' + [...data].slice(0, 3).join(', ') + ')';
})()`;

function colourOf(variable: string): string {
  return `(() => {
    const probe = document.createElement('i');
    probe.style.color = getComputedStyle(document.documentElement).getPropertyValue('${variable}');
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  })()`;
}
