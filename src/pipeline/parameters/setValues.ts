import { parse as parseYaml } from 'yaml';
import { failed, ok, type Result } from '../../base/result';
import type { SetValue } from '../tools/stageTool';

/** Reads `KEY=VALUE` words, as a user types them. Problem `set-invalid`. */
export function parseSetValues(words: readonly string[]): Result<readonly SetValue[]> {
  const values: SetValue[] = [];
  for (const word of words) {
    const equals = word.indexOf('=');
    const key = word.slice(0, Math.max(0, equals)).trim();
    if (key === '') {
      return failed({
        code: 'set-invalid',
        message: `--set takes KEY=VALUE, not "${word}".`,
        fix: 'Write it as in `--set params.yaml:train.lr=0.3`.',
      });
    }
    if (values.some((value) => value.key === key)) {
      return failed({ code: 'set-invalid', message: `--set gives "${key}" twice.` });
    }
    values.push({ key, text: word.slice(equals + 1) });
  }
  return ok(values);
}

/**
 * The value that a text stands for: a YAML 1.2 scalar, list or map (`0.3`, `1e-3`, `true`, `[1, 2]`), and `inf` and
 * `nan` as in Hydra's override grammar, which DVC takes. What is no YAML is text.
 */
export function valueOfText(text: string): unknown {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  try {
    // An empty value is an empty text; `null` is written out.
    return text.trim() === '' ? '' : (parseYaml(text, { logLevel: 'error' }) as unknown);
  } catch {
    return text;
  }
}
