import type { Direction } from './comparison';
import { isKnownWord, meaningOfWords, type WordMeaning } from './metricWords';

/** What the name of a metric says about it. */
export interface MetricNature {
  readonly direction: Direction;
  /** Time, memory, throughput: they differ from run to run without any change of the model. */
  readonly variesBetweenRuns: boolean;
}

/** Which direction is better, by the words in a metric's name; unknown where they do not say. */
export function inferDirection(name: string): Direction {
  return inferNature(name).direction;
}

/** The last part of a dotted name decides; where it says nothing (`auc.value`), the part before it. */
export function inferNature(name: string): MetricNature {
  for (const part of name.split(/[./]/).reverse()) {
    const words = splitWords(part);
    const meaning = meaningOfPart(words);
    if (meaning !== undefined) return natureOf(meaning);
    // A counter is nothing of what it belongs to: `loss.epoch`, `accuracy.n_rows`.
    if (COUNTERS.has(words[0] ?? '')) break;
  }
  return natureOf('neither');
}

function meaningOfPart(words: readonly string[]): WordMeaning | undefined {
  // scikit-learn negates its losses so that higher is better: `neg_log_loss`.
  if (words[0] === 'neg') {
    const negated = meaningOfPart(words.slice(1));
    return negated === undefined ? undefined : OPPOSITE[negated];
  }
  // The explained share of any error: `d2_absolute_error_score`.
  if (words[0] === 'd2') return 'higher';
  const per = words.lastIndexOf('per');
  if (per > 0) return meaningOfQuotient(words, per);
  // What follows `at` is only where the curve was read: `fpr_at_95_tpr`.
  const at = words.indexOf('at');
  return (at > 0 ? meaningOfWords(words.slice(0, at)) : undefined) ?? meaningOfWords(words);
}

const COUNTERS: ReadonlySet<string> = new Set(
  'epoch step iteration fold count n num rows samples examples records'.split(' '),
);
const TIME_UNITS: ReadonlySet<string> = new Set(['second', 'sec', 's', 'minute', 'hour', 'ms']);

/** `loss_per_token` is a loss; `tokens_per_second` is a throughput. */
function meaningOfQuotient(words: readonly string[], per: number): WordMeaning | undefined {
  const measured = meaningOfWords(words.slice(0, per));
  const isThroughput = TIME_UNITS.has(words[per + 1] ?? '');
  if (!isThroughput) return measured ?? meaningOfWords(words);
  return measured === 'lower' ? 'lower' : 'higher-resource';
}

const OPPOSITE: Readonly<Record<WordMeaning, WordMeaning>> = {
  higher: 'lower',
  lower: 'higher',
  'higher-resource': 'lower-resource',
  'lower-resource': 'higher-resource',
  neither: 'neither',
};

function natureOf(meaning: WordMeaning): MetricNature {
  const variesBetweenRuns = meaning === 'higher-resource' || meaning === 'lower-resource';
  if (meaning === 'neither') return { direction: 'unknown', variesBetweenRuns };
  return { direction: meaning.startsWith('higher') ? 'higher' : 'lower', variesBetweenRuns };
}

/**
 * Lower-case words: `valLoss`, `val_loss` and `val-loss` are the same two. A word that means something is not
 * taken apart (`mAP`, `rougeL`); else its digits go (`mAP50`, `rouge1`).
 */
function splitWords(part: string): readonly string[] {
  return part
    .replaceAll('@', ' at ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .flatMap((word) => {
      if (isKnownWord(word.toLowerCase())) return [word.toLowerCase()];
      const pieces = word.match(/\p{Lu}?\p{Ll}+\d*|\p{Lu}+(?!\p{Ll})\d*|\p{L}+\d*|\d+/gu) ?? [];
      const whole = withoutDigits(word.toLowerCase());
      return isKnownWord(whole) ? [whole] : pieces.map((piece) => knownForm(piece.toLowerCase()));
    });
}

function knownForm(word: string): string {
  return isKnownWord(word) ? word : withoutDigits(word);
}

function withoutDigits(word: string): string {
  return word.replace(/\d+$/, '') || word;
}
