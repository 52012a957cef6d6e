/** Values of configuration files, merged, as plain data. */
export type ConfValues = Readonly<Record<string, unknown>>;

/** An interpolation with no other inside it. */
const INNERMOST = /\$\{([^${}]*)\}/;
/** Values refer to each other; one that refers to itself never ends. */
const MOST_ROUNDS = 30;
const LONGEST = 4096;

/**
 * Replaces OmegaConf's `${a.b}`, `${globals:a.b, default}` and `${runtime_params:a, default}`, which without a run is its default.
 * What is not known becomes `*`.
 */
export function interpolate(text: string, values: ConfValues, globals: ConfValues): string {
  let result = text;
  for (let round = 0; round < MOST_ROUNDS && result.length < LONGEST; round++) {
    const match = INNERMOST.exec(result);
    if (match === null) return result;
    const value = valueOf((match[1] ?? '').trim(), values, globals) ?? '*';
    result = result.slice(0, match.index) + value + result.slice(match.index + match[0].length);
  }
  return result.replaceAll(/\$\{[^}]*\}?/g, '*');
}

function valueOf(expression: string, values: ConfValues, globals: ConfValues): string | undefined {
  const [, resolver, rest = ''] = /^([\w.]+):(.*)$/s.exec(expression) ?? [];
  if (resolver === undefined) {
    // Before OmegaConf, plain names were those of globals.
    const value = lookUp(expression, values) ?? lookUp(expression, globals);
    return written(value);
  }
  const comma = rest.indexOf(',');
  const key = (comma === -1 ? rest : rest.slice(0, comma)).trim();
  const otherwise = comma === -1 ? undefined : unquote(rest.slice(comma + 1).trim());
  if (resolver === 'globals') return written(lookUp(key, globals)) ?? otherwise;
  return resolver === 'runtime_params' ? otherwise : undefined;
}

function unquote(text: string): string {
  return /^(?:'[^']*'|"[^"]*")$/.test(text) ? text.slice(1, -1) : text;
}

export function lookUp(path: string, values: unknown): unknown {
  let value = values;
  for (const key of path.replace(/\[([^\]]+)\]/g, '.$1').split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as ConfValues)[key];
  }
  return value;
}

function written(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
