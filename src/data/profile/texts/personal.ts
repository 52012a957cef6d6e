import type { PersonalKind } from '../profile';

/** The kind of personal data that a text looks like; undefined for any other. */
export function personalKindOf(text: string): PersonalKind | undefined {
  const plain = text.trim();
  if (plain.length < 7 || plain.length > 254) return undefined;
  return KINDS.find((each) => each.test(plain))?.kind;
}

const KINDS: readonly { readonly kind: PersonalKind; test(text: string): boolean }[] = [
  { kind: 'email', test: (text) => /^[^\s@<>()]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(text) },
  { kind: 'ssn', test: isSocialSecurityNumber },
  { kind: 'iban', test: isIban },
  { kind: 'card', test: isCardNumber },
  { kind: 'ip', test: isAddress },
  { kind: 'phone', test: isPhoneNumber },
];

/** Of the United States; areas that are never given are left out. */
function isSocialSecurityNumber(text: string): boolean {
  return /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(text);
}

/** ISO 13616: the number that the letters make is 1 modulo 97. */
function isIban(text: string): boolean {
  const plain = text.replace(/ /g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false;
  const moved = plain.slice(4) + plain.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

/** ISO/IEC 7812: the last digit is that of Luhn; written in groups or with the beginning of a known network. */
function isCardNumber(text: string): boolean {
  const plain = text.replace(/[ -]/g, '');
  if (!/^\d{13,19}$/.test(plain)) return false;
  const isKnown = /^(?:4|5[1-5]|2[2-7]|3[47]|3[068]|6(?:011|5))/.test(plain);
  return isKnown && luhnSum(plain) % 10 === 0;
}

function luhnSum(digits: string): number {
  return digits.split('').reduceRight((sum, digit, index) => {
    const value = Number(digit) * ((digits.length - index) % 2 === 0 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

function isAddress(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** With a country code, or in groups: plain digits are any number. */
function isPhoneNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 15 || !/^[\d+() ./-]+$/.test(text)) return false;
  if (/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.test(text)) return false;
  return /^(?:\+|00)\d/.test(text) || /^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/.test(text);
}
