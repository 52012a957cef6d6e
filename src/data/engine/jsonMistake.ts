/** JSON's grammar (RFC 8259) as a table: what may come, and what it does. */
const GRAMMAR = {
  value: { '{': 'open', '[': 'open', string: 'complete', scalar: 'complete' },
  'value or ]': { '{': 'open', '[': 'open', ']': 'close', string: 'complete', scalar: 'complete' },
  key: { string: 'colon' },
  'key or }': { string: 'colon', '}': 'close' },
  colon: { ':': 'value' },
  'comma or }': { ',': 'key', '}': 'close' },
  'comma or ]': { ',': 'value', ']': 'close' },
  nothing: {},
} as const;

type Expected = keyof typeof GRAMMAR;
type Step = Expected | 'open' | 'close' | 'complete';

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)/uy;

/**
 * The offset at which text stops being JSON; undefined where it does not. `JSON.parse` tells it only in some versions
 * of the runtime.
 */
export function findJsonMistake(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      const end = skipSpace(text, start);
      return expected === 'nothing' && end === text.length ? undefined : end;
    }
    const [, mark, string] = match;
    const token = mark ?? (string === undefined ? 'scalar' : 'string');
    const allowed: Readonly<Record<string, Step>> = GRAMMAR[expected];
    const step = allowed[token];
    if (step === undefined) return skipSpace(text, start);
    expected = follow(step, token, open);
  }
}

function skipSpace(text: string, start: number): number {
  let end = start;
  while (' \t\r\n'.includes(text[end] ?? '-')) end++;
  return end;
}

function follow(step: Step, token: string, open: string[]): Expected {
  if (step === 'open') {
    open.push(token);
    return token === '{' ? 'key or }' : 'value or ]';
  }
  if (step === 'close') open.pop();
  else if (step !== 'complete') return step;
  const inside = open.at(-1);
  if (inside === undefined) return 'nothing';
  return inside === '{' ? 'comma or }' : 'comma or ]';
}
