import type { CheckReport, Reason } from '../../src/protocol/content';
import type { ReasonItem } from '../shared/reasonItem';
import { TONE_WEIGHTS, toneOfVerdict, type Tone } from '../shared/tone';

const WORDS = {
  warn: 'Warning',
  fail: 'Error',
  inconclusive: 'Not judged',
} as const satisfies Readonly<Record<Reason['verdict'], string>>;

const RULES = {
  data: 'data',
  model: 'model',
  problem: 'problem',
} as const satisfies Readonly<Record<Reason['kind'], string>>;

/** The reasons by weight; the order of the gate among the equally grave. */
export function gateReasons(report: CheckReport): readonly ReasonItem[] {
  return report.reasons
    .map(gateReason)
    .toSorted((a, b) => TONE_WEIGHTS[b.tone] - TONE_WEIGHTS[a.tone]);
}

function gateReason(reason: Reason, index: number): ReasonItem {
  const { file, line } = reason;
  const place = file === undefined || line === undefined ? file : `${file}:${line}`;
  return {
    key: String(index),
    tone: toneOfReason(reason),
    word: WORDS[reason.verdict],
    subject: reason.text,
    rule: RULES[reason.kind],
    message: reason.fix ?? '',
    facts: [],
    samples: [],
    links:
      file === undefined || place === undefined
        ? []
        : [
            {
              title: place,
              message: { type: 'open', file, ...(line === undefined ? {} : { line }) },
            },
          ],
    buttons: [],
  };
}

function toneOfReason({ verdict }: Reason): Tone {
  return toneOfVerdict(verdict);
}
