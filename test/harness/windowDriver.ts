import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { runFromPalette } from './commandPalette';
import { inRepository } from './repository';
import type { Target, WindowAction } from './windowActions';

const TIMEOUT = 20_000;

/** Relative paths of screenshots are under this folder. */
export const SCREENSHOTS = inRepository('.cache', 'screenshots');

/** What an action read, if it reads anything. */
type Reading = string | number | void;

/** Does one action in the window's page. @throws Playwright's error where it cannot be done in time. */
export function drive(page: Page, action: WindowAction): Promise<Reading> {
  switch (action.action) {
    case 'press':
      return page.keyboard.press(action.value);
    case 'type':
      return page.keyboard.type(action.value);
    case 'runCommand':
      return runFromPalette(page, action.value);
    case 'screenshot':
      return photograph(page, resolve(SCREENSHOTS, action.value));
    case 'click':
    case 'hover':
    case 'text':
    case 'ariaSnapshot':
    case 'count':
    case 'fill':
    case 'waitFor':
      return locate(page, action).then((element) => driveElement(element, action));
  }
}

type ElementAction = Extract<WindowAction, Target>;

function driveElement(element: Locator, action: ElementAction): Promise<Reading> {
  const timeout = action.timeout ?? TIMEOUT;
  switch (action.action) {
    case 'click': {
      const { button = 'left', clicks = 1 } = action;
      return element.click({ timeout, button, clickCount: clicks });
    }
    case 'hover':
      return element.hover({ timeout });
    case 'fill':
      return element.fill(action.value, { timeout });
    case 'text':
      return element.innerText({ timeout });
    case 'ariaSnapshot':
      return element.ariaSnapshot({ timeout });
    case 'count':
      return element.count();
    case 'waitFor':
      return element.waitFor({ timeout, state: action.state });
  }
}

async function photograph(page: Page, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
  return path;
}

async function locate(page: Page, target: Target): Promise<Locator> {
  if (target.frame === undefined) return page.locator(target.selector);
  return (await findWebview(page, target.frame, target.timeout)).locator(target.selector);
}

/**
 * The innermost frame of a web view: VS Code puts each into `iframe.webview`, and its content into
 * `iframe#active-frame`, whose title is that of the view.
 */
export async function findWebview(page: Page, title: string, timeout = TIMEOUT): Promise<Frame> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const titles: string[] = [];
    for (const frame of page.frames()) {
      const found = await readWebviewTitle(frame);
      if (found === title) return frame;
      if (found !== undefined) titles.push(found);
    }
    if (Date.now() > deadline) {
      throw new Error(
        `No web view "${title}" is shown. Those shown: ${titles.join(', ') || 'none'}.`,
      );
    }
    await page.waitForTimeout(100);
  }
}

async function readWebviewTitle(frame: Frame): Promise<string | undefined> {
  try {
    const element = await frame.frameElement();
    if ((await element.getAttribute('id')) !== 'active-frame') return undefined;
    return (await element.getAttribute('title')) ?? '';
  } catch {
    // The main frame, or one that has just gone.
    return undefined;
  }
}
