import type { Problem } from '../../src/base/problem';
import type { CheckReport, Reason } from '../../src/protocol/content';
import { placeLinks } from '../shared/problemReason';
import type { ReasonItem } from '../shared/reasonItem';
import { TONE_WEIGHTS, toneOfVerdict } from '../shared/tone';

const WORDS = {
  warn: 'Warning',
  fail: 'Error',
  inconclusive: 'Inconclusive',
} as const satisfies Readonly<Record<Reason['verdict'], string>>;

/** The headline without the product's name, which stands on the tab already. */
export function shortHeadline({ headline }: CheckReport): string {
  const text = headline.replace(/^ML Preflight /, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The reasons by weight; the order of the gate among the equally grave. */
export function gateReasons(report: CheckReport): readonly ReasonItem[] {
  return report.reasons
    .map(gateReason)
    .toSorted((a, b) => TONE_WEIGHTS[b.tone] - TONE_WEIGHTS[a.tone]);
}

/** The problems that no reason tells already. */
export function problemsBesideReasons({ problems, reasons }: CheckReport): readonly Problem[] {
  return problems.filter(({ message }) => !reasons.some(({ text }) => text.includes(message)));
}

function gateReason(reason: Reason, index: number): ReasonItem {
  return {
    key: String(index),
    tone: toneOfVerdict(reason.verdict),
    word: reason.kind === 'problem' ? 'Not judged' : WORDS[reason.verdict],
    subject: reason.text,
    rule: reason.rule,
    notes: reason.evidence ?? [],
    fix: reason.fix,
    links: placeLinks(reason.file, reason.line),
    buttons: [],
  };
}
