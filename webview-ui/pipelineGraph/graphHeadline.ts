import { formatCount } from '../../src/base/format';
import type { GraphStage } from '../../src/protocol/content';
import type { Tone } from '../shared/tone';
import { visibleText } from '../shared/visibleText';
import { stagesOnCycles } from './cycle';
import { countStates, gravestState, stateOf, type ShownState } from './stageWords';

/** What matters most about a pipeline, in one sentence. Names are fit to be shown. */
export function graphHeadline(stages: readonly GraphStage[]): {
  readonly tone: Tone;
  readonly text: string;
} {
  const [onCycle, ...others] = stagesOnCycles(stages);
  if (onCycle !== undefined) {
    const names = [onCycle, ...others]
      .slice(0, 4)
      .map(({ name }) => visibleText(name, 60))
      .join(', ');
    const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
    return {
      tone: 'error',
      text: `No order can run these stages, for each waits for another: ${names}${more}`,
    };
  }
  const parts = countStates(stages).filter(({ state }) => !QUIET.has(state));
  if (parts.length > 0) {
    const text = parts
      .slice(0, 2)
      .map(({ state, count }) => phrase(state, count, stages))
      .join(', ');
    return { tone: TONES[gravestState(stages)], text };
  }
  if (stages.some(({ status }) => status === undefined)) {
    return { tone: 'info', text: 'Reading the status of the stages' };
  }
  const [only] = stages;
  if (stages.length === 1 && only !== undefined)
    return { tone: 'pass', text: `${visibleText(only.name, 60)} is fresh` };
  return { tone: 'pass', text: `All ${formatCount(stages.length, 'stage')} are fresh` };
}

const QUIET: ReadonlySet<ShownState> = new Set(['fresh', 'reading']);

const TONES = {
  failed: 'error',
  running: 'info',
  stale: 'warning',
  blocked: 'warning',
  'never-run': 'warning',
  unknown: 'unknown',
  reading: 'info',
  fresh: 'pass',
} as const satisfies Readonly<Record<ShownState, Tone>>;

/** `train failed`, `2 stages are stale`. */
function phrase(state: ShownState, count: number, stages: readonly GraphStage[]): string {
  if (count === 1) {
    const name = stages.find((stage) => stateOf(stage) === state)?.name ?? '1 stage';
    return PHRASES[state].one(visibleText(name, 60));
  }
  return PHRASES[state].many(formatCount(count, 'stage'));
}

interface Phrase {
  readonly one: (name: string) => string;
  readonly many: (count: string) => string;
}

const is = (word: string): Phrase => ({
  one: (name) => `${name} is ${word}`,
  many: (count) => `${count} are ${word}`,
});

const PHRASES = {
  failed: { one: (name) => `${name} failed`, many: (count) => `${count} failed` },
  running: is('running'),
  stale: is('stale'),
  blocked: is('blocked'),
  'never-run': {
    one: (name) => `${name} has never been run`,
    many: (count) => `${count} have never been run`,
  },
  unknown: {
    one: (name) => `whether ${name} is fresh is unknown`,
    many: (count) => `whether ${count} are fresh is unknown`,
  },
  reading: is('being read'),
  fresh: is('fresh'),
} as const satisfies Readonly<Record<ShownState, Phrase>>;
