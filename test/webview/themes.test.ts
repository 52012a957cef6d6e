import assert from 'node:assert/strict';
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

/** Texts whose contrast with what is behind them is too low, once each. */
const FAINT_TEXTS = `(() => {
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, bottom) => {
    const mix = (channel) => top[channel] * top.a + bottom[channel] * (1 - top.a);
    return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
  };
  const luminance = (colour) => {
    const linear = ({ r, g, b }) => [r, g, b].map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const [r, g, b] = linear(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((bottom, top) => over(top, bottom), { r: 255, g: 255, b: 255, a: 1 });
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    // The editor's own elements paint their background inside their shadow.
    if (node.data.trim() === '' || element.closest('vscode-button') !== null) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden') continue;
    const behind = backgroundOf(element);
    const [light, dark] = [luminance(over(parse(style.color), behind)), luminance(behind)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faint.add(element.className + ' ' + style.color + ' ' + contrast.toFixed(2));
  }
  return [...faint];
})()`;
