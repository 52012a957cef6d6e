/**
 * How many columns a text takes on a terminal (Unicode Standard Annex #11): two for East Asian wide characters and
 * pictures, none for what is written onto the character before it.
 */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const NARROW = /^[\uff61-\uffdc]/;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;

const segmenter = new Intl.Segmenter();

export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += characterWidth(segment);
  return width;
}

/** One character as a reader sees it, which may be several of Unicode's. */
function characterWidth(character: string): number {
  if (NOTHING.test(character)) return 0;
  // U+FE0F asks for the picture.
  if (character.includes('\ufe0f')) return 2;
  return WIDE.test(character) && !NARROW.test(character) ? 2 : 1;
}

/** At most this many columns of a text, with an ellipsis where something was cut. */
export function cutToWidth(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (textWidth(text) <= columns) return text;
  let width = 1;
  let cut = '';
  for (const { segment } of segmenter.segment(text)) {
    width += characterWidth(segment);
    if (width > columns) break;
    cut += segment;
  }
  return `${cut}…`;
}

export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}
