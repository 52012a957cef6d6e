import type { CallArguments } from './callArguments';
import { asText, text, textsOf, type TextValue, type Values } from './values';

/** `"model-%02d.pkl" % number`; what is unknown becomes `*`. */
export function fillPercent(format: TextValue, values: Values): TextValue {
  const [only] = values;
  const known = values.length === 1 && only !== undefined ? asText(only)?.text : undefined;
  const filled = format.text.replace(/%[-#0 +]*[\d.]*[diouxXeEfFgGcrs]/g, () => known ?? '*');
  return text(filled, format.rooted);
}

/** `"{}/{name}.csv".format(folder, name=…)`; what is unknown becomes `*`. */
export function fillBraces(format: TextValue, call: CallArguments): TextValue {
  let position = 0;
  const filled = format.text.replace(/\{([^{}]*)\}/g, (_, field: string) => {
    const name = field.replace(/[!:].*$/, '');
    if (!/^\d*$/.test(name)) return textsOf(call.keywords.get(name) ?? [])[0]?.text ?? '*';
    const values = call.argument(name === '' ? position++ : Number(name));
    return textsOf(values)[0]?.text ?? '*';
  });
  return text(filled, format.rooted);
}
