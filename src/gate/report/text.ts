import { showControls } from '../../base/escape';
import { formatSeconds } from '../../base/format';
import type { CheckReport, Reason } from '../checkReport';
import { hideCiCommands } from './ciCommands';
import { fixesOf, reasonWord, type ReasonWord } from './reasonWords';

export interface TextOptions {
  /** Whether the terminal takes colour; default false. */
  readonly colour?: boolean;
}

const RED = 31;
const GREEN = 32;
const YELLOW = 33;

const WORD_COLOUR: Readonly<Record<ReasonWord, number>> = {
  FAIL: RED,
  UNJUDGED: RED,
  UNCERTAIN: YELLOW,
  WARN: YELLOW,
};

/**
 * For a terminal, and for git, which shows what a hook writes. The first line is the headline, because editors show
 * no more than that; then the reasons with their evidence, then what to do.
 */
export function formatText(report: CheckReport, { colour = false }: TextOptions = {}): string {
  const paint = (code: number, text: string): string =>
    colour ? `\u001b[${code}m${text}\u001b[39m` : text;
  const headline = paint(headlineColour(report), plain(report.headline));
  const reasons = report.reasons.flatMap((reason) => reasonLines(reason, paint));
  const lines = [
    headline,
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
    ...nextSteps(report),
    ...(report.judged.length === 0 ? [] : ['', `Judged in ${formatSeconds(report.seconds)}.`]),
  ];
  return `${lines.join('\n')}\n`;
}

function headlineColour({ verdict, unjudged }: CheckReport): number {
  if (verdict === 'pass') return GREEN;
  return verdict === 'fail' || unjudged ? RED : YELLOW;
}

function reasonLines(
  reason: Reason,
  paint: (code: number, text: string) => string,
): readonly string[] {
  const word = reasonWord(reason);
  const label = paint(WORD_COLOUR[word], word.padEnd(9));
  return [
    `  ${label}  ${plain(reason.text)}`,
    ...(reason.evidence ?? []).map((line) => `             ${plain(line)}`),
  ];
}

function nextSteps(report: CheckReport): readonly string[] {
  const steps = fixesOf(report.reasons).map((fix) => `  - ${plain(fix)}`);
  if (report.blocks && report.scope === 'staged')
    steps.push('  - Then `git add` what you changed, and commit again.');
  return steps.length === 0 ? [] : ['', 'What to do:', ...steps];
}

function plain(text: string): string {
  return hideCiCommands(showControls(text));
}
