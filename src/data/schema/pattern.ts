/** What JavaScript has and RE2 refuses, for it could take forever: https://github.com/google/re2/wiki/Syntax. */
const REFUSED: readonly { readonly sign: RegExp; readonly what: string }[] = [
  { sign: /^\(\?<?[=!]/, what: 'looking ahead or behind' },
  { sign: /^\\[1-9]/, what: 'references to groups' },
  { sign: /^\\k[<{]/, what: 'references to groups' },
];

/** What RE2 has and JavaScript writes otherwise or not at all: such patterns are left to the engine to judge. */
const OWN = /\(\?P|\(\?[a-zA-Z-]+[:)]|\[\[:|\\[AzQECapP]/;

/** What is wrong with a regular expression of a schema, as far as it can be told without RE2. */
export function patternMistake(pattern: string): string | undefined {
  for (let place = 0; place < pattern.length; place++) {
    const rest = pattern.slice(place);
    const refused = REFUSED.find(({ sign }) => sign.test(rest));
    if (refused !== undefined) return `Patterns (RE2) have no ${refused.what}`;
    if (rest.startsWith('\\')) place++;
  }
  if (OWN.test(pattern)) return undefined;
  // RE2 allows to escape what need not be: as JavaScript does without its flag for Unicode.
  return compileMistake(pattern, 'u') && compileMistake(pattern, '');
}

function compileMistake(pattern: string, flags: string): string | undefined {
  try {
    RegExp(pattern, flags);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `This is no regular expression: ${reason.replace(/^.*:\s*/s, '')}`;
  }
}
