import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { startVscodeServer, type ServerOptions } from './vscodeServer';

export interface WindowOptions extends ServerOptions {
  /** The folder to open; absolute. */
  readonly folder: string;
  /** The extension's folder; absolute. */
  readonly extension: string;
  /** As a user has it, instead of under development, which the window's title would show. */
  readonly installed?: boolean;
  /** The module whose `run` the extension host calls; absolute. */
  readonly tests?: string;
  /** A colour theme: `Default Light Modern`. */
  readonly theme?: string;
  /** In CSS pixels; default 1400 x 900. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Physical pixels per CSS pixel. */
  readonly scale?: number;
  /** Gets the page before it loads anything, so that tests can use it from their start. */
  readonly onPage?: (page: Page) => void;
  /** What the window logs, line by line: the tests' console among it. */
  readonly onLog?: (type: string, text: string) => void;
}

/** One window of a real VS Code, in a headless browser. */
export interface EditorWindow {
  readonly page: Page;
  /** The exit code that the tests module came to. */
  readonly testsEnded: Promise<number>;
  /** Errors that the extension under development wrote to a console, so far. */
  readonly extensionErrors: readonly string[];
  close(): Promise<void>;
}

/** Starts a server and opens a window on it; returns once the workbench is there. */
export async function openEditorWindow(options: WindowOptions): Promise<EditorWindow> {
  const server = await startVscodeServer({
    ...options,
    settings: settingsOf(options),
    ...(options.installed === true ? { installedExtension: options.extension } : {}),
  });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await launchChromium();
    const page = await browser.newPage({
      viewport: options.size ?? { width: 1400, height: 900 },
      deviceScaleFactor: options.scale ?? 1,
    });
    const extensionErrors = collectExtensionErrors(page, options.extension);
    options.onPage?.(page);
    let endTests: (code: number) => void = () => {};
    const testsEnded = new Promise<number>((resolve) => (endTests = resolve));
    await exposeAutomation(page, options.onLog, endTests);
    await page.goto(windowAddress(server.address, options));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    return { page, testsEnded, extensionErrors, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function settingsOf(options: WindowOptions): Readonly<Record<string, unknown>> {
  const theme = options.theme === undefined ? {} : { 'workbench.colorTheme': options.theme };
  return { ...theme, ...options.settings };
}

/** The address of a window: what to open, and which extension is under development. */
function windowAddress(server: string, options: WindowOptions): string {
  const remote = (path: string): string => `vscode-remote://${new URL(server).host}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (options.installed !== true)
    payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  if (options.tests !== undefined) payload.push(['extensionTestsPath', remote(options.tests)]);
  const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
  return `${server}/?${query.toString()}`;
}

/** The two functions that VS Code looks for in its page: one for its log, one for the tests' exit code. */
async function exposeAutomation(
  page: Page,
  onLog: WindowOptions['onLog'],
  onExit: (code: number) => void,
): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    onLog?.(type, args.map(String).join(' '));
  });
  await page.exposeFunction('codeAutomationExit', onExit);
}

/** Errors with a place in the extension's own bundles, from its host, its views or the window itself. */
function collectExtensionErrors(page: Page, extension: string): readonly string[] {
  const errors: string[] = [];
  const isOurs = (text: string): boolean =>
    ['extension.js', 'webview/'].some((bundle) => text.includes(`${extension}/dist/${bundle}`));
  page.on('console', (message) => {
    const { url } = message.location();
    const text = message.text();
    if (message.type() === 'error' && (isOurs(decodeURI(url)) || isOurs(text))) errors.push(text);
  });
  page.on('pageerror', (error) => {
    const text = error.stack ?? error.message;
    if (isOurs(text)) errors.push(text);
  });
  return errors;
}
