import { valueOfText } from '../parameters/setValues';
import { splitParameter } from '../graph/stageGraph';
import type { SetValue } from './stageTool';

/** As Snakemake's command line takes them (`parse_config` in snakemake/cli.py); shorter ones it refuses. */
const KEY = /^[A-Za-z_][\w-]*\w$/;
const DECIMAL = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
/** What means nothing to a shell, and is no number to Python. */
const WORD = /^(?!(?:nan|inf|infinity|true|false|none|null)$)[A-Za-z_][\w./@%+-]*$/i;

/**
 * Whether `--config` gives Snakemake the value that is meant, and nothing else: a number, a switch or a plain word for
 * a top key. Below a key (`train.lr`), and in a list, it knows texts only: a 3 would become the text "3" there. All
 * values go through a shell once more, in single quotes that it does not escape, when it starts a process for a job.
 */
export function isConfigValue({ key, text }: SetValue): boolean {
  if (!KEY.test(splitParameter(key).key ?? '')) return false;
  const value = valueOfText(text);
  if (typeof value === 'string') return WORD.test(value);
  return typeof value === 'boolean' || (typeof value === 'number' && DECIMAL.test(text.trim()));
}

/** The words for `--config`: `alpha=0.3`, `switch=True`; of values that `isConfigValue` has passed. */
export function configWords(set: readonly SetValue[]): readonly string[] {
  return set.map(({ key, text }) => {
    const value = valueOfText(text);
    const isSwitch = typeof value === 'boolean';
    const written = isSwitch ? (value ? 'True' : 'False') : text.trim();
    return `${splitParameter(key).key ?? key}=${typeof value === 'string' ? value : written}`;
  });
}
