import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { run } from './childProcess';
import { say } from './say';

/** Executables of browsers that speak Chromium's protocol, the plainest first. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
  'msedge',
];
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** No background traffic, and nothing that needs a screen or a graphics card. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of a Chromium: the one that the environment names, an installed one, or on Debian a fresh one. */
export async function ensureChromium(): Promise<string> {
  const named = process.env['ML_PREFLIGHT_TEST_CHROMIUM'] ?? process.env['CHROMIUM'];
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`The environment names a Chromium that does not exist: ${named}`);
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) await installOnDebian();
  const fresh = findChromium();
  if (fresh !== undefined) return fresh;
  throw new Error(
    'No Chromium, Chrome or Edge was found. Install one, or name its executable in the environment variable CHROMIUM.',
  );
}

function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...candidates, ...USUAL_PLACES].find((path) => existsSync(path));
}

async function installOnDebian(): Promise<void> {
  say('installing chromium and fonts-dejavu with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-dejavu'], { env });
}

/** A headless browser. As root it has no sandbox: Chromium refuses to start with one. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS,
  });
}
