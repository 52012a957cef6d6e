import type { Page } from 'playwright-core';

/**
 * Runs a command as a user does, through the palette. A palette that was opened before the extensions were read
 * does not learn of their commands, so it is opened again until it shows the title.
 */
export async function runFromPalette(page: Page, title: string): Promise<void> {
  const row = page
    .locator('.quick-input-widget .monaco-list-row')
    .filter({ has: page.getByText(title, { exact: true }) })
    .first();
  const deadline = Date.now() + 30_000;
  for (;;) {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input').first();
    await input.fill(`>${title}`);
    try {
      await row.click({ timeout: 2000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.keyboard.press('Escape');
    }
  }
}
