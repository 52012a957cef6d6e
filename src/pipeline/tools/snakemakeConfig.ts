import { valueOfText } from '../parameters/setValues';
import { splitParameter } from '../graph/stageGraph';
import type { SetValue } from './stageTool';

/** As Snakemake's command line takes them (`parse_config` in snakemake/cli.py); shorter ones it refuses. */
const TOP_KEY = /^[A-Za-z_][\w-]*\w$/;
const DECIMAL = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;

/** A value of a configuration, or the values below a key: `train: {lr: …}`. */
type Values = Map<string, Values | string>;

/**
 * Whether `--config` gives Snakemake the value that is meant. Below a key (`train.lr`), and in a list, it knows texts
 * only: a 3 would become the text "3" there.
 */
export function isConfigValue({ key, text }: SetValue): boolean {
  const [top = '', ...below] = (splitParameter(key).key ?? '').split('.');
  const value = valueOfText(text);
  if (!TOP_KEY.test(top)) return false;
  if (below.length > 0 || Array.isArray(value)) return isOfTexts(value);
  return value === null || typeof value !== 'object';
}

function isOfTexts(value: unknown): boolean {
  if (typeof value === 'string') return true;
  return Array.isArray(value) && value.every((member) => isOfTexts(member));
}

/** The words for `--config`, one for each top key: `alpha=0.3`, `train= {"kind": "small"} `. */
export function configWords(set: readonly SetValue[]): readonly string[] {
  const values: Values = new Map();
  for (const { key, text } of set) {
    const path = (splitParameter(key).key ?? key).split('.');
    const last = path.pop() ?? '';
    let place = values;
    for (const name of path) {
      const known = place.get(name);
      const below: Values = known instanceof Map ? known : new Map();
      place.set(name, below);
      place = below;
    }
    place.set(last, writeValue(text));
  }
  return [...values].map(([key, value]) => `${key}=${writeTop(value)}`);
}

function writeTop(value: Values | string): string {
  const written = typeof value === 'string' ? value : writeMap(value);
  // Snakemake takes quotes off the ends, and with them the difference of "3" and 3.
  return /^["{[]/.test(written) ? ` ${written} ` : written;
}

function writeMap(values: Values): string {
  const entries = [...values].map(
    ([key, value]) => `${quote(key)}: ${typeof value === 'string' ? value : writeMap(value)}`,
  );
  return `{${entries.join(', ')}}`;
}

/** Numbers and switches as Python writes them, nothing for null, all else as YAML. */
function writeValue(text: string): string {
  const value = valueOfText(text);
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return DECIMAL.test(text.trim()) ? text.trim() : String(value);
  return writeTexts(value);
}

function writeTexts(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((member) => writeTexts(member)).join(', ')}]`;
  return quote(String(value));
}

/** JSON's texts are YAML's, but for characters that YAML has only escaped. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
