import type { Evaluation } from './evaluation';
import type { Expression, Scope } from './syntax';
import { asText, text, type MapValue, type Values } from './values';

/** `list[0]`, `config["key"]`, `sys.argv[1]`; of an unknown index, everything that it may be. */
export function evaluateSubscript(
  { object, index }: Extract<Expression, { kind: 'subscript' }>,
  scope: Scope,
  evaluation: Evaluation,
): Values {
  const keys = index === undefined ? [] : evaluation.evaluate(index, scope);
  return evaluation.evaluate(object, scope).flatMap((one): Values => {
    if (one.kind === 'list') return itemsAt(one.items, keys);
    if (one.kind === 'map') return entriesAt(one, keys);
    if (one.kind === 'external' && one.name === 'sys.argv') {
      return programWord(evaluation.context.argumentWords, keys);
    }
    return [];
  });
}

function itemsAt(items: readonly Values[], keys: Values): Values {
  const [key] = keys;
  if (keys.length === 1 && key?.kind === 'number') return items.at(key.value) ?? [];
  return items.flat();
}

function entriesAt({ entries }: MapValue, keys: Values): Values {
  const names = keys.flatMap((key) => asText(key)?.text ?? []);
  if (names.length === 0) return [...entries.values()].flat();
  return names.flatMap((name) => entries.get(name) ?? []);
}

function programWord(words: readonly string[], keys: Values): Values {
  return keys.flatMap((key) => {
    const word = key.kind === 'number' ? words[key.value - 1] : undefined;
    return word === undefined ? [] : [text(word)];
  });
}
