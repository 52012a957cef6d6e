import type { FromView } from '../../src/protocol/view';
import { escapeMarkdown } from '../../src/base/escape';
import type { Tone } from './tone';

/** One reason for a verdict, as every view lists it. Plain data; the text is not escaped. */
export interface ReasonItem {
  /** Unique in its list. */
  readonly key: string;
  readonly tone: Tone;
  /** The word for the tone: `Error`. */
  readonly word: string;
  /** What it is about: a column, a metric, a file. */
  readonly subject: string;
  /** Which rule says so. */
  readonly rule?: string;
  readonly message: string;
  readonly facts: readonly Fact[];
  /** Values that caused it. */
  readonly samples: readonly string[];
  readonly links: readonly ReasonAction[];
  readonly buttons: readonly ReasonAction[];
}

/** A named value: `Observed  15.4 % null`. */
export interface Fact {
  readonly name: string;
  readonly text: string;
  /** With all its digits. */
  readonly exact?: string;
}

export interface ReasonAction {
  readonly title: string;
  readonly message: FromView;
}

/** A verdict and its reasons as Markdown. */
export function reasonsToMarkdown(headline: string, items: readonly ReasonItem[]): string {
  const lines = items.map((item) => {
    const facts = item.facts.map(({ name, text }) => `${name.toLowerCase()} ${text}`).join(', ');
    const text = facts === '' ? item.message : `${item.message} (${facts})`;
    return `- **${item.word}** ${escapeMarkdown(item.subject)}: ${escapeMarkdown(text)}\n`;
  });
  const title = `**${escapeMarkdown(headline)}**\n`;
  return lines.length === 0 ? title : `${title}\n${lines.join('')}`;
}
