import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { renderViewHtml } from '../../src/protocol/html';
import type { FromView, ToView, ViewState } from '../../src/protocol/view';
import type { ViewContents, ViewName } from '../../src/protocol/views';

const REPOSITORY = join(__dirname, '..', '..');
const CODICONS = join(REPOSITORY, 'node_modules', '@vscode', 'codicons', 'dist');

/** The style sheet that the editor gives to every web view, and the class of its body, for each theme. */
export const THEMES = {
  darkModern: 'vscode-dark',
  lightModern: 'vscode-light',
  highContrast: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast vscode-high-contrast-light',
} as const;
export type Theme = keyof typeof THEMES;

/** The bundled views on a server of this machine, and a browser to look at them. */
export interface Views {
  open<Name extends ViewName>(view: Name, options?: OpenOptions): Promise<ViewPage<Name>>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

/** One view in a page of its own, as the editor would show it. */
export interface ViewPage<Name extends ViewName> {
  readonly page: Page;
  /** Sends a state and waits until it is drawn. */
  send(state: ViewState<ViewContents[Name]>): Promise<void>;
  sendReady(content: ViewContents[Name], time?: number): Promise<void>;
  /** Everything that the view said, in order. */
  posted(): Promise<readonly FromView[]>;
  setTheme(theme: Theme): Promise<void>;
  /** Console errors, exceptions and violations of the content security policy: none is expected. */
  readonly complaints: readonly string[];
}

/** Any fixed moment. */
export const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

/** Builds the views into a temporary folder and starts what shows them. */
export async function startViews(): Promise<Views> {
  const folder = await mkdtemp(join(tmpdir(), 'preflight-views-'));
  await bundleViews(folder);
  const server = await serve(folder);
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const origin = `http://127.0.0.1:${address.port}`;
  const browser = await chromium.launch({
    executablePath: process.env.ML_PREFLIGHT_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  return {
    open: (view, options = {}) => openView(browser, origin, view, options),
    async close() {
      await browser.close();
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}

/** As `esbuild.mjs` does it, minified. */
async function bundleViews(folder: string): Promise<void> {
  const names: readonly ViewName[] = [
    'dataReport',
    'modelComparison',
    'gateReport',
    'doctor',
    'pipelineGraph',
  ];
  await build({
    absWorkingDir: REPOSITORY,
    bundle: true,
    minify: true,
    entryPoints: Object.fromEntries(names.map((name) => [name, `webview-ui/${name}/main.ts`])),
    outdir: folder,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview-ui/tsconfig.json',
    loader: { '.css': 'text' },
    logLevel: 'warning',
  });
}

async function serve(folder: string): Promise<Server> {
  const styles = await editorStyles();
  const server = createServer((request, response) => {
    const { pathname, host, search } = new URL(
      request.url ?? '/',
      `http://${request.headers.host}`,
    );
    const answer = async (): Promise<[string, Buffer | string]> => {
      if (extname(pathname) === '.html') {
        return [
          'text/html',
          shell(pathname.slice(1, -5), `http://${host}`, search.slice(1), styles),
        ];
      }
      const isCodicon = pathname.startsWith('/codicons/');
      const file = isCodicon ? join(CODICONS, pathname.slice(10)) : join(folder, pathname);
      return [TYPES[extname(pathname)] ?? 'application/octet-stream', await readFile(file)];
    };
    answer().then(
      ([type, body]) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** The editor's own sheet for web views, and the variables of the four themes. */
async function editorStyles(): Promise<string> {
  const names = ['webviewDefaults', ...Object.keys(THEMES)];
  const sheets = names.map((name) => readFile(join(__dirname, 'themes', `${name}.css`), 'utf8'));
  return (await Promise.all(sheets)).join('\n');
}

/** The page as the extension makes it, with what the editor adds to it before it is loaded. */
function shell(view: string, origin: string, bodyClass: string, styles: string): string {
  const page = renderViewHtml({
    scriptUri: `${origin}/${view}.js`,
    codiconUri: `${origin}/codicons/codicon.css`,
    cspSource: origin,
    nonce: randomBytes(16).toString('hex'),
    title: view,
  });
  return page
    .replace('</head>', `<style id="_defaultStyles">${styles}</style></head>`)
    .replace('<body>', `<body class="${decodeURIComponent(bodyClass)}">`);
}

async function openView<Name extends ViewName>(
  browser: Browser,
  origin: string,
  view: Name,
  { theme = 'darkModern', width = 1180, height = 900 }: OpenOptions,
): Promise<ViewPage<Name>> {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-US' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.addInitScript({ content: PRETENDED_EDITOR });
  await page.goto(`${origin}/${view}.html?${encodeURIComponent(THEMES[theme])}`);
  const send = async (state: ViewState<ViewContents[Name]>): Promise<void> => {
    const message: ToView<ViewContents[Name]> = { type: 'state', state };
    // Frames pass: one for the message, more for the tables and charts inside the view.
    await page.evaluate(`(async () => {
      window.postMessage(${JSON.stringify(message)}, '*');
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    })()`);
  };
  return {
    page,
    complaints,
    send,
    sendReady: (content, time) =>
      send({ kind: 'ready', content, now: NOW, ...(time === undefined ? {} : { time }) }),
    posted: () => page.evaluate('window.posted'),
    setTheme: async (next) => {
      await page.evaluate(`document.body.className = ${JSON.stringify(THEMES[next])}`);
    },
  };
}

/**
 * Runs in the page before the view: the editor's side of the messages, and a witness of the policy.
 * A text, because what the test runner compiles refers to helpers that the page does not have.
 */
const PRETENDED_EDITOR = `
  window.posted = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.posted.push(message),
    getState: () => JSON.parse(sessionStorage.getItem('state')) ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI);
  });
`;

/** Waits until an expression is true in the page. (Playwright's own waiting would need `eval`, which the policy forbids.) */
export async function until({ page }: { readonly page: Page }, expression: string): Promise<void> {
  const deadline = Date.now() + 5000;
  while ((await page.evaluate(expression)) !== true) {
    if (Date.now() > deadline) throw new Error(`It did not come true: ${expression}`);
  }
}
