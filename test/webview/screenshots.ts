import { join } from 'node:path';
import { refused } from './fixtures/checkReport';
import { worseModel } from './fixtures/comparison';
import { tumourPipeline } from './fixtures/pipelines';
import { tumours } from './fixtures/tumours';
import { NOW, startViews, THEMES, type Theme, type Views } from './viewPage';

/** `tsx test/webview/screenshots.ts FOLDER [THEME…]`: pictures of the views, to look at. */
async function main([folder = '.', ...themes]: readonly string[]): Promise<void> {
  const views = await startViews();
  try {
    for (const theme of Object.keys(THEMES) as Theme[]) {
      if (themes.length === 0 || themes.includes(theme)) await takeAll(views, theme, folder);
    }
  } finally {
    await views.close();
  }
}

async function takeAll(views: Views, theme: Theme, folder: string): Promise<void> {
  const time = NOW - 300_000;
  const file = (name: string): { path: string; fullPage: true } => ({
    path: join(folder, `${name}-${theme}.png`),
    fullPage: true,
  });
  const data = await views.open('dataReport', { theme, width: 1280 });
  await data.sendReady({ report: tumours() }, time);
  await data.page.getByRole('row', { name: 'mean_radius' }).click();
  await data.page.getByRole('img', { name: /^Histogram/ }).waitFor();
  await data.page.screenshot(file('dataReport'));
  const models = await views.open('modelComparison', { theme, width: 1280, height: 640 });
  await models.sendReady({ comparison: worseModel }, time);
  await models.page.screenshot(file('modelComparison'));
  const gate = await views.open('gateReport', { theme, width: 1280, height: 640 });
  await gate.sendReady({ report: refused() }, time);
  await gate.page.screenshot(file('gateReport'));
  const graph = await views.open('pipelineGraph', { theme, width: 1280, height: 640 });
  await graph.sendReady({ project: 'tumours', stages: tumourPipeline() }, time);
  await graph.page.getByRole('treeitem', { name: /^train/ }).click();
  await graph.page.screenshot(file('pipelineGraph'));
  for (const { complaints } of [data, models, gate, graph]) {
    for (const complaint of complaints) console.error(`${theme}: ${complaint}`);
  }
}

void main(process.argv.slice(2));
