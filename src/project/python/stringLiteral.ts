/** The text that a Python string literal stands for; undefined for bytes. Source: Python language reference, 2.4.1. */
export function decodeStringLiteral(literal: string): string | undefined {
  const match = /^([A-Za-z]*)('''|"""|'|")/.exec(literal);
  if (match === null) return undefined;
  const [opening, prefix = '', quote = ''] = match;
  if (/b/i.test(prefix)) return undefined;
  const end = literal.endsWith(quote) ? literal.length - quote.length : literal.length;
  const inside = literal.slice(opening.length, Math.max(opening.length, end));
  return /r/i.test(prefix) ? inside : decodeEscapes(inside);
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g;

/** Unknown escapes stay as they are, as in Python. */
export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (whole: string, octal, hex2, hex4, hex8, simple) => {
    if (typeof octal === 'string') return String.fromCodePoint(Number.parseInt(octal, 8));
    const hex: unknown = hex2 ?? hex4 ?? hex8;
    if (typeof hex === 'string') return codePoint(Number.parseInt(hex, 16)) ?? whole;
    return SIMPLE[String(simple)] ?? whole;
  });
}

function codePoint(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
