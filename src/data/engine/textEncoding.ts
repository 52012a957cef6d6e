import { isUtf8 } from 'node:buffer';

/** As the WHATWG Encoding Standard names them; Windows-1252 has everything of Latin-1 that text holds. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How the beginning of a text is encoded, or the 1-based line of the first byte that fits nothing before it. */
export type DetectedEncoding =
  | { readonly encoding: TextEncodingName; readonly bom: boolean }
  | { readonly misfitLine: number };

/**
 * UTF-8 where all bytes are; UTF-16 by its mark, or by the zero in every character of plain text; Windows-1252 where
 * no line with other characters than ASCII is UTF-8 and no byte is one that Windows-1252 has no character for. What is
 * UTF-8 in one line and not in another is of several encodings: nobody can tell what it says.
 */
export function detectEncoding(bytes: Buffer): DetectedEncoding {
  if (startsWith(bytes, [0xff, 0xfe])) return { encoding: 'utf-16le', bom: true };
  if (startsWith(bytes, [0xfe, 0xff])) return { encoding: 'utf-16be', bom: true };
  const bom = startsWith(bytes, [0xef, 0xbb, 0xbf]);
  const misfitLine = firstLineNotUtf8(bytes);
  if (bytes.includes(0)) {
    const wide = wideEncoding(bytes);
    if (wide !== undefined) return { encoding: wide, bom: false };
  }
  if (misfitLine === undefined) return { encoding: 'utf-8', bom };
  const isWestern = !bom && !bytes.some(isUndefined1252) && !hasUtf8Line(bytes);
  return isWestern ? { encoding: 'windows-1252', bom: false } : { misfitLine };
}

/** Control characters that no text has, and the bytes without a meaning. */
function isUndefined1252(byte: number): boolean {
  return byte === 0 || [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte);
}

/** Characters of two bytes of which one is always zero and the other never. */
function wideEncoding(bytes: Buffer): TextEncodingName | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const most = bytes.length * 0.35;
  if (even === 0 && odd > most) return 'utf-16le';
  return odd === 0 && even > most ? 'utf-16be' : undefined;
}

/** 1-based. The last line may be cut in the middle of a character and is left to whoever reads on. */
function firstLineNotUtf8(bytes: Buffer): number | undefined {
  let number = 1;
  for (const line of linesOf(bytes)) {
    if (!isUtf8(line)) return number;
    number++;
  }
  return undefined;
}

/** Whether a line holds characters of several bytes and is UTF-8 as a whole. */
function hasUtf8Line(bytes: Buffer): boolean {
  for (const line of linesOf(bytes)) {
    if (line.some((byte) => byte > 0x7f) && isUtf8(line)) return true;
  }
  return false;
}

function* linesOf(bytes: Buffer): Generator<Buffer> {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    if (end < 0) return;
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function startsWith(bytes: Buffer, sign: readonly number[]): boolean {
  return sign.every((byte, index) => bytes[index] === byte);
}
