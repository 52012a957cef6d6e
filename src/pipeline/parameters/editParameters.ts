import { parse as parseToml, stringify as stringifyToml } from 'smol-toml';
import { parseDocument } from 'yaml';
import { extensionOf } from '../../project/files/paths';

/** A value for a key that exists: `train.lr`. */
export interface ParameterEdit {
  readonly key: string;
  readonly value: unknown;
}

/**
 * A parameter file with other values. YAML keeps its comments and order.
 * @throws an error of the parser, for a file that could not be read either
 */
export function editParameters(
  text: string,
  file: string,
  edits: readonly ParameterEdit[],
): string {
  switch (extensionOf(file)) {
    case '.json':
      return `${JSON.stringify(withEdits(JSON.parse(text), edits), null, 2)}\n`;
    case '.toml':
      return stringifyToml(withEdits(parseToml(text), edits));
    default:
      return editYaml(text, edits);
  }
}

/** Stands for a number that YAML 1.1 would take for text: PyYAML reads `1e-07` so, but `1.0e-07` as a number. */
const MARK = 'ml-preflight-number-';

function editYaml(text: string, edits: readonly ParameterEdit[]): string {
  const document = parseDocument(text);
  const numbers: string[] = [];
  for (const { key, value } of edits) {
    const isMarked = typeof value === 'number' && /^-?\d+e/.test(String(value));
    if (isMarked) numbers.push(String(value).replace('e', '.0e'));
    document.setIn(key.split('.'), isMarked ? `${MARK}${numbers.length - 1}-` : value);
  }
  const marks = new RegExp(`${MARK}(\\d+)-`, 'g');
  return document
    .toString({ lineWidth: 0 })
    .replace(marks, (_, number: string) => numbers[Number(number)] ?? '');
}

function withEdits<Values>(values: Values, edits: readonly ParameterEdit[]): Values {
  for (const { key, value } of edits) {
    const way = key.split('.');
    const last = way.pop() ?? '';
    let place = values as Record<string, unknown>;
    for (const part of way) place = place[part] as Record<string, unknown>;
    place[last] = value;
  }
  return values;
}
