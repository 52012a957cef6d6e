import { stringify } from 'yaml';
import { valueOfText } from '../parameters/setValues';
import { splitParameter } from '../graph/stageGraph';
import type { SetValue } from './stageTool';

/** What OmegaConf's dotted lists take for a key; `a[0]` and a comma are something else there. */
const KEY = /^[\w-]+(?:\.[\w-]+)*$/;
const DECIMAL = /^[-+]?\d+(?:\.\d+)?$/;

/** Whether `--params` reaches a value: one of Kedro's parameters, not of the catalog or of `globals.yml`. */
export function isKedroParameter({ key }: Pick<SetValue, 'key'>): boolean {
  const { file, key: path } = splitParameter(key);
  // As `OmegaConfigLoader` finds them: `parameters*`, `parameters*/**`, `**/parameters*`.
  const isOfParameters = file.split('/').some((part) => part.startsWith('parameters'));
  return isOfParameters && path !== undefined && KEY.test(path);
}

/** The value of `--params`: `split.share=0.5,kind="small"`; nested keys with dots. */
export function kedroParams(set: readonly SetValue[]): string {
  return set
    .map(({ key, text }) => `${splitParameter(key).key ?? key}=${writeValue(text)}`)
    .join(',');
}

/**
 * YAML without a comma, because Kedro splits at all of them: lists and maps are written over several lines, and
 * texts with an escape.
 */
function writeValue(text: string): string {
  if (DECIMAL.test(text.trim())) return text.trim();
  return stringify(valueOfText(text), {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'QUOTE_DOUBLE',
    lineWidth: 0,
    version: '1.1',
  })
    .trim()
    .replaceAll(',', '\\x2C');
}
