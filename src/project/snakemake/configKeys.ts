import type { Code } from '../evaluate/code';

const CONFIG =
  /\bconfig((?:\s*\[\s*(?:"[^"\n]*"|'[^'\n]*'|[\w.-]+)\s*\]|\s*\.get\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*[,)])+)/g;
const KEY = /\[\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*\]|\.get\(\s*(?:"([^"]*)"|'([^']*)')/g;

/** The keys of the configuration that code asks for: `train.lr` of `config["train"]["lr"]`. */
export function configKeysIn(text: string): readonly string[] {
  if (!text.includes('config')) return [];
  const keys = [...text.matchAll(CONFIG)].map(([, path = '']) =>
    [...path.matchAll(KEY)]
      .map(([, ...names]) => names.find((name) => name !== undefined) ?? '')
      .join('.'),
  );
  return [...new Set(keys)];
}

/** Which keys the variables of a workflow come from: `SAMPLES = config["samples"]`. */
export class ConfigVariables {
  private readonly keys = new Map<string, readonly string[]>();

  /** Takes note of the assignments and functions in a piece of Python. */
  add({ text }: Code): void {
    if (!text.includes('config') && this.keys.size === 0) return;
    for (const [, name = '', value = ''] of text.matchAll(
      /^(\w+)\s*=(?!=)([^\n]*(?:\n[ \t)\]}][^\n]*)*)/gm,
    )) {
      this.note(name, value);
    }
    for (const [, name = '', body = ''] of text.matchAll(
      /^def\s+(\w+)([^\n]*(?:\n(?:[ \t][^\n]*)?)*)/gm,
    )) {
      this.note(name, body);
    }
  }

  private note(name: string, value: string): void {
    const keys = this.keysOf(value);
    if (keys.length > 0) this.keys.set(name, keys);
  }

  /** The keys that code asks for, by itself or by a variable. */
  keysOf(text: string): readonly string[] {
    const own = configKeysIn(text);
    if (this.keys.size === 0) return own;
    const words = new Set(text.match(/[A-Za-z_]\w*/g));
    const others = [...words].flatMap((word) => this.keys.get(word) ?? []);
    return [...new Set([...own, ...others])];
  }
}
