import type { Page } from 'playwright-core';
import { runFromPalette } from './commandPalette';
import type { SampleProject } from './sampleProject';
import { findWebview } from './windowDriver';

/** One picture: what is done to the project, and what its user then does in the window. */
export interface Shot {
  /** The file's name, before the theme. */
  readonly name: string;
  readonly prepare?: (project: SampleProject) => Promise<void>;
  readonly steps: (page: Page) => Promise<void>;
}

export const SHOTS: readonly Shot[] = [
  { name: 'sidebar', steps: openSidebar },
  {
    name: 'run',
    prepare: shortenTrees,
    steps: async (page) => {
      await openSidebar(page);
      await runFromPalette(page, 'ML Preflight: Run Pipeline');
      await page.locator('.terminal-wrapper .xterm-screen').first().waitFor();
      await page.getByRole('treeitem', { name: /^evaluate\s+fresh/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'data-report',
    prepare: breakData,
    steps: (page) => openView(page, 'ML Preflight: Validate Data', 'Data Report'),
  },
  {
    name: 'model-comparison',
    prepare: worsenModel,
    steps: (page) => openView(page, 'ML Preflight: Compare Models', 'Model Comparison'),
  },
  {
    name: 'gate-report',
    prepare: async (project) => {
      await breakData(project);
      await project.run('git', 'add', '-A');
    },
    steps: (page) => openView(page, 'ML Preflight: Check Staged Changes', 'Gate Report'),
  },
];

async function openSidebar(page: Page): Promise<void> {
  await page.locator('.activitybar .action-label[aria-label^="ML Preflight"]').click();
  await page.getByRole('treeitem').first().waitFor();
  // Away from the icon, whose tooltip would be in the picture.
  await page.mouse.move(800, 400);
}

async function openView(page: Page, command: string, title: string): Promise<void> {
  await openSidebar(page);
  await runFromPalette(page, command);
  const view = await findWebview(page, title);
  await view.getByRole('heading').first().waitFor();
  await settle(page);
}

/** Charts draw themselves within a second. */
function settle(page: Page): Promise<void> {
  return page.waitForTimeout(1500);
}

async function shortenTrees(project: SampleProject): Promise<void> {
  await project.edit('params.yaml', (text) => text.replace(/max_depth: \d+/, 'max_depth: 1'));
}

async function worsenModel(project: SampleProject): Promise<void> {
  await shortenTrees(project);
  await project.run('dvc', 'repro', '--quiet');
}

/** A column in another unit. */
async function breakData(project: SampleProject): Promise<void> {
  await project.edit('data/tumours.csv', (text) => {
    const [header = '', ...rows] = text.trimEnd().split('\n');
    const column = header.split(',').indexOf('mean_radius');
    const scaled = rows.map((row) => {
      const cells = row.split(',');
      cells[column] = String(Number(cells[column]) / 10);
      return cells.join(',');
    });
    return `${[header, ...scaled].join('\n')}\n`;
  });
}
