import { escapeMarkdown } from '../../src/base/escape';
import type { FromView } from '../../src/protocol/view';
import type { Fact } from './facts';
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
  /** What a click on the subject selects. */
  readonly selects?: string | undefined;
  /** Which rule says so. */
  readonly rule?: string | undefined;
  /** What leads to the page that explains the rule. */
  readonly explains?: FromView | undefined;
  readonly message?: string | undefined;
  readonly facts?: readonly Fact[];
  /** What it rests on, a line each. */
  readonly notes?: readonly string[];
  /** Values that caused it. */
  readonly samples?: readonly string[];
  /** What to do about it. */
  readonly fix?: string | undefined;
  readonly links: readonly ReasonAction[];
  readonly buttons: readonly ReasonAction[];
}

export interface ReasonAction {
  readonly title: string;
  readonly message: FromView;
}

/** A verdict and its reasons as Markdown. */
export function reasonsToMarkdown(headline: string, items: readonly ReasonItem[]): string {
  const lines = items.map(({ word, subject, message, facts = [], fix }) => {
    const named = facts.map(({ name, text }) => `${name.toLowerCase()} ${text}`).join(', ');
    const text = [subject, ...(message === undefined ? [] : [message])].join(': ');
    const parts = [
      text,
      ...(named === '' ? [] : [`(${named})`]),
      ...(fix === undefined ? [] : [fix]),
    ];
    return `- **${word}** ${escapeMarkdown(parts.join(' '))}\n`;
  });
  const title = `**${escapeMarkdown(headline)}**\n`;
  return lines.length === 0 ? title : `${title}\n${lines.join('')}`;
}
