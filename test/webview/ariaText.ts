import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';

/** Asserts what a screen reader is told, as Playwright writes it; the expected text may be indented as a whole. */
export async function assertAria(locator: Locator, expected: string): Promise<void> {
  assert.equal(await locator.ariaSnapshot(), unindent(expected));
}

function unindent(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** Every button, link and field of a page has a name. */
export async function assertNamed(locator: Locator): Promise<void> {
  const nameless =
    /^\s*- (button|link|searchbox|textbox|combobox|checkbox|img|grid|table)( \[.*\])?:?$/m;
  assert.doesNotMatch(await locator.ariaSnapshot(), nameless);
}
