/**
 * Numbers as people write them: with thousands separators, a percent sign, a currency. Codes with leading zeros are no
 * numbers, for they would lose them.
 */
export function isNumberText(text: string): boolean {
  const plain = text
    .trim()
    .replace(/^[$€£¥]\s*|\s*[%$€£¥]$/g, '')
    .replace(/^[+\-−]\s*/, '');
  if (/^0\d/.test(plain)) return false;
  return (
    /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ||
    /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain) ||
    /^\d{1,3}(?:[. ]\d{3})*,\d+$/.test(plain)
  );
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const TIME =
  '(?:[T ]\\s*\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?\\s*(?:am|pm|z|[+-]\\d{2}:?\\d{2})?)?';

const DATES: readonly RegExp[] = [
  new RegExp(`^\\d{4}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\\d|3[01])${TIME}$`, 'i'),
  new RegExp(`^(?:0?[1-9]|[12]\\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.]\\d{4}${TIME}$`, 'i'),
  new RegExp(`^(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\\d|3[01])[-/.]\\d{4}${TIME}$`, 'i'),
  new RegExp(`^\\d{1,2}[ -]${MONTH}[ -]\\d{4}${TIME}$`, 'i'),
  new RegExp(`^${MONTH} \\d{1,2},? \\d{4}${TIME}$`, 'i'),
];

/** Days of a calendar with a year of four digits, with or without a time. */
export function isDateText(text: string): boolean {
  const plain = text.trim();
  return plain.length <= 40 && DATES.some((date) => date.test(plain));
}
