/** What a line of a makefile that is no recipe can be, before anything is expanded. */
export type Statement =
  | { readonly kind: 'assignment'; readonly assignment: Assignment }
  | { readonly kind: 'rule'; readonly rule: RuleLine }
  | { readonly kind: 'other' };

export interface Assignment {
  readonly name: string;
  readonly operator: '=' | ':=' | '?=' | '+=' | '!=';
  readonly value: string;
}

export interface RuleLine {
  readonly targets: string;
  /** Between the colon and the recipe; of a static pattern rule it has a colon itself. */
  readonly rest: string;
  readonly isDouble: boolean;
  /** `a b &: c` makes all of its targets at once. */
  readonly isGrouped: boolean;
  /** What stands after `;`. */
  readonly recipe: string | undefined;
}

const MODIFIERS = /^\s*(?:(?:export|override|private)\s+)+/;

/** Reads an assignment or a rule; where the sign stands in a reference, it is none. */
export function readStatement(text: string): Statement {
  const plain = text.replace(MODIFIERS, '');
  const sign = findSign(plain);
  if (sign === undefined) return { kind: 'other' };
  if (plain[sign] !== ':') return { kind: 'assignment', assignment: assignmentAt(plain, sign) };
  const colons = /^:+=/.exec(plain.slice(sign))?.[0];
  if (colons !== undefined) {
    const name = plain.slice(0, sign).trim();
    const value = plain.slice(sign + colons.length).trimStart();
    return { kind: 'assignment', assignment: { name, operator: ':=', value } };
  }
  return { kind: 'rule', rule: ruleAt(plain, sign) };
}

function assignmentAt(text: string, sign: number): Assignment {
  const before = text[sign - 1] ?? '';
  const isDouble = /[?+!]/.test(before);
  const name = text.slice(0, isDouble ? sign - 1 : sign).trim();
  const operator = (isDouble ? `${before}=` : '=') as Assignment['operator'];
  return { name, operator, value: text.slice(sign + 1).trimStart() };
}

function ruleAt(text: string, colon: number): RuleLine {
  const isDouble = text[colon + 1] === ':';
  const body = text.slice(colon + (isDouble ? 2 : 1));
  const semicolon = findTop(body, (character) => character === ';');
  const left = text.slice(0, colon);
  const isGrouped = left.endsWith('&');
  return {
    targets: isGrouped ? left.slice(0, -1) : left,
    rest: semicolon === undefined ? body : body.slice(0, semicolon),
    isDouble,
    isGrouped,
    recipe: semicolon === undefined ? undefined : body.slice(semicolon + 1).trimStart(),
  };
}

/** Where the first colon or equals sign stands. */
function findSign(text: string): number | undefined {
  return findTop(text, (character, at) => {
    if (character === '=') return true;
    // A drive of Windows is no target.
    return character === ':' && !/^[A-Za-z]:[\\/]/.test(text.slice(Math.max(0, at - 1), at + 2));
  });
}

/** The first character that is wanted, outside of references and not behind a backslash. */
export function findTop(
  text: string,
  isWanted: (character: string, at: number) => boolean,
): number | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const reference = referenceAt(text, at);
    if (reference !== undefined) at += reference - 1;
    else if (character === '\\') at += 1;
    else if (isWanted(character, at)) return at;
  }
  return undefined;
}

/** Words apart; a backslash keeps a space in its word, and what could not be expanded stays one. */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const reference = referenceAt(text, at);
    if (reference !== undefined) {
      word += text.slice(at, at + reference);
      at += reference - 1;
    } else if (character === '\\' && /[\s:#]/.test(text[at + 1] ?? '')) {
      word += text[at + 1] ?? '';
      at += 1;
    } else if (/\s/.test(character)) {
      if (word !== '') words.push(word);
      word = '';
    } else word += character;
  }
  return word === '' ? words : [...words, word];
}

/** How long the reference is that begins here, to the end of the text where it has none; undefined where none begins. */
function referenceAt(text: string, at: number): number | undefined {
  const opening = text[at + 1];
  if (text[at] !== '$' || (opening !== '(' && opening !== '{')) return undefined;
  const end = findClosing(text, at + 2);
  return (end ?? text.length - 1) - at + 1;
}

/**
 * Where a reference ends, whose inside begins here: only brackets of its own kind count (`${shell awk '{print}'}`).
 * Undefined where it has no end.
 */
export function findClosing(text: string, start: number): number | undefined {
  const opening = text[start - 1] === '(' ? '(' : '{';
  const closing = opening === '(' ? ')' : '}';
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === opening) depth += 1;
    if (text[at] !== closing) continue;
    if (depth === 0) return at;
    depth -= 1;
  }
  return undefined;
}

/** The arguments of a function: commas in references are their own. */
export function splitArguments(text: string, most = Infinity): readonly string[] {
  const found: string[] = [];
  let rest = text;
  while (found.length < most - 1) {
    let depth = 0;
    const comma = findTop(rest, (character) => {
      if (character === '(') depth += 1;
      else if (character === ')') depth -= 1;
      return character === ',' && depth === 0;
    });
    if (comma === undefined) break;
    found.push(rest.slice(0, comma));
    rest = rest.slice(comma + 1);
  }
  return [...found, rest];
}
