import type { Verdict } from '../../src/base/verdict';
import type { Severity } from '../../src/protocol/content';

/** How grave something is. A tone always comes with its icon and a word, never as a colour alone. */
export type Tone = 'error' | 'warning' | 'info' | 'pass' | 'unknown';

/** The codicon of each tone. */
export const TONE_ICONS = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  pass: 'pass',
  unknown: 'question',
} as const satisfies Readonly<Record<Tone, string>>;

/** Gravest first. */
export const TONE_WEIGHTS = {
  error: 4,
  unknown: 3,
  warning: 2,
  info: 1,
  pass: 0,
} as const satisfies Readonly<Record<Tone, number>>;

const VERDICT_TONES = {
  pass: 'pass',
  warn: 'warning',
  fail: 'error',
  inconclusive: 'unknown',
} as const satisfies Readonly<Record<Verdict, Tone>>;

const VERDICT_WORDS = {
  pass: 'passed',
  warn: 'warning',
  fail: 'failed',
  inconclusive: 'inconclusive',
} as const satisfies Readonly<Record<Verdict, string>>;

export function toneOfVerdict(verdict: Verdict): Tone {
  return VERDICT_TONES[verdict];
}

export function toneOfSeverity(severity: Severity): Tone {
  return severity;
}

export function wordOfVerdict(verdict: Verdict): string {
  return VERDICT_WORDS[verdict];
}
