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
  {
    name: 'sidebar',
    prepare: shortenTrees,
    steps: async (page) => {
      await openSidebar(page);
      await page.getByRole('treeitem', { name: /^train stale/ }).click();
      await page.keyboard.press('ArrowRight');
      await page
        .getByRole('treeitem', { name: /^[0-9a-f]{7} / })
        .first()
        .click();
      await page.keyboard.press('ArrowRight');
      await settle(page);
    },
  },
  {
    name: 'run',
    prepare: shortenTrees,
    steps: async (page) => {
      await openSidebar(page);
      await runFromPalette(page, 'ML Preflight: Run Pipeline');
      await page.locator('.terminal-wrapper .xterm-screen').first().waitFor();
      await page.getByRole('treeitem', { name: /^evaluate\s+fresh/ }).waitFor();
      await runFromPalette(page, 'Notifications: Show Notifications');
      await settle(page);
    },
  },
  {
    name: 'pipeline-graph',
    prepare: shortenTrees,
    steps: async (page) => {
      await openView(page, 'ML Preflight: Show Pipeline Graph', 'Pipeline');
      const view = await findWebview(page, 'Pipeline');
      await view.getByText('train', { exact: true }).first().click();
      await settle(page);
    },
  },
  {
    name: 'data-report',
    prepare: breakData,
    steps: async (page) => {
      await openView(page, 'ML Preflight: Validate Data', 'Data Report');
      const view = await findWebview(page, 'Data Report');
      await view.getByRole('gridcell', { name: 'mean_radius' }).click();
      await view.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
      await settle(page);
    },
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

/** What goes wrong when an export changes: another unit in some rows, a misspelt category, values that are missing. */
async function breakData(project: SampleProject): Promise<void> {
  await project.edit('data/tumours.csv', (text) => {
    const [header = '', ...rows] = text.trimEnd().split('\n');
    const columns = header.split(',');
    const broken = rows.map((row, index) => {
      const cells = row.split(',');
      const change = (column: string, to: (cell: string) => string): void => {
        const at = columns.indexOf(column);
        cells[at] = to(cells[at] ?? '');
      };
      if (index % 4 === 0) change('mean_radius', (cell) => String(Number(cell) * 2.54));
      if (index % 9 === 0) change('worst_texture', () => '');
      if (index % 12 === 0) change('contour_category', (cell) => cell.replace('irr', 'ir'));
      return cells.join(',');
    });
    return `${[header, ...broken].join('\n')}\n`;
  });
}
