import {
  WINDOW_ADDRESS,
  type Click,
  type Target,
  type WaitState,
  type WindowAction,
  type WindowAnswer,
} from '../harness/windowActions';

/**
 * The window in which the tests run, driven as its user would: real clicks and keys. Elements are named by Playwright
 * selectors (CSS, `text=…`, `role=button[name="Copy"]`); `frame` is the title of the web view that holds the element.
 * Every call waits for its element and throws with Playwright's message where it does not come.
 */

/** On a desktop (`npm run test:desktop`) nobody drives the window. */
const address = process.env[WINDOW_ADDRESS];

export const isDriven = address !== undefined;

/** `describe` for tests that drive the window; skipped where nobody does. */
export function describeWindow(title: string, body: () => void): void {
  if (!isDriven) describe.skip(`${title} (needs a driven window)`, body);
  else describe(title, body);
}

type Where = Omit<Target, 'selector'>;

export async function click(selector: string, options: Where & Click = {}): Promise<void> {
  await send({ action: 'click', selector, ...options });
}

export async function hover(selector: string, options: Where = {}): Promise<void> {
  await send({ action: 'hover', selector, ...options });
}

/**
 * Opens an element's context menu and chooses a command from it. By Enter: the menu takes no click in its first moment,
 * lest the one that opened it be taken for a choice.
 */
export async function chooseFromMenu(selector: string, command: string): Promise<void> {
  await click(selector, { button: 'right' });
  await hover(`role=menuitem[name="${command}"]`);
  await press('Enter');
}

/** Puts text into a field at once. */
export async function fill(selector: string, value: string, options: Where = {}): Promise<void> {
  await send({ action: 'fill', selector, value, ...options });
}

/** One key or combination: `Enter`, `Control+Shift+P`. */
export async function press(key: string): Promise<void> {
  await send({ action: 'press', value: key });
}

/** Key by key into what has the focus. */
export async function type(text: string): Promise<void> {
  await send({ action: 'type', value: text });
}

/** Runs a command through the palette; `title` is the whole line there: `ML Preflight: Run Pipeline`. */
export async function runCommand(title: string): Promise<void> {
  await send({ action: 'runCommand', value: title });
}

/** Leaves restricted mode, as its user would; for sessions with `workspaceTrust`. */
export async function trustWorkspace(): Promise<void> {
  await runCommand('Workspaces: Manage Workspace Trust');
  await click('.workspace-trust-editor >> role=button[name="Trust"]');
  await waitFor('role=button[name=/^Restricted Mode/]', { state: 'hidden' });
}

export async function waitFor(
  selector: string,
  options: Where & { readonly state?: WaitState } = {},
): Promise<void> {
  await send({ action: 'waitFor', state: 'visible', selector, ...options });
}

/** The text that is shown. */
export async function text(selector: string, options: Where = {}): Promise<string> {
  return String(await send({ action: 'text', selector, ...options }));
}

/** What a screen reader would find, as Playwright's YAML; `body` with a frame is a whole web view. */
export async function ariaSnapshot(selector: string, options: Where = {}): Promise<string> {
  return String(await send({ action: 'ariaSnapshot', selector, ...options }));
}

/** How many elements there are now; the only call that does not wait. */
export async function count(selector: string, options: Where = {}): Promise<number> {
  return Number(await send({ action: 'count', selector, ...options }));
}

/** Takes a picture of the whole window, relative to .cache/screenshots; returns its path. */
export async function screenshot(path: string): Promise<string> {
  return String(await send({ action: 'screenshot', value: path }));
}

async function send(action: WindowAction): Promise<string | number | void> {
  if (address === undefined) throw new Error('Nobody drives this window; use describeWindow.');
  const response = await fetch(address, { method: 'POST', body: JSON.stringify(action) });
  const answer = (await response.json()) as WindowAnswer;
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}
