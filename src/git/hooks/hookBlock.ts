/**
 * Our lines in a hook file that others own and share with their team (husky, a committed hooks folder). They name no
 * path of this machine: without the script that they look for they do nothing, so that nobody else is refused a commit.
 * Files are handled as latin1 text, which keeps every byte.
 */

const BEGIN = '# >>> ml-preflight >>>';
const END = '# <<< ml-preflight <<<';
/** What was done besides inserting the lines, so that taking them out leaves the bytes that were there. */
const NEWLINE_ADDED = ' (newline added)';
const FILE_CREATED = ' (file created)';

const BODY = [
  '# Asks the gate that `ml-preflight hook install` set up on this machine, if there is one.',
  'ml_preflight="$(git rev-parse --git-common-dir)/preflight/pre-commit"',
  'if [ -x "$ml_preflight" ]; then "$ml_preflight" || exit $?; fi',
];

/** The file with our lines at its end; `undefined` stands for a file that is not there. */
export function addBlock(text: string | undefined): string {
  if (text === undefined) return `#!/bin/sh\n${block(FILE_CREATED)}`;
  const clean = removeBlock(text);
  if (clean === undefined) return addBlock(undefined);
  const needsNewline = clean !== '' && !clean.endsWith('\n');
  return needsNewline ? `${clean}\n${block(NEWLINE_ADDED)}` : `${clean}${block('')}`;
}

function block(note: string): string {
  return `${[`${BEGIN}${note}`, ...BODY, END].join('\n')}\n`;
}

/** The file as it was before; `undefined` where it was not there. */
export function removeBlock(text: string): string | undefined {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) return text;
  const note = text.slice(begin + BEGIN.length, text.indexOf('\n', begin));
  const before = text.slice(0, note === NEWLINE_ADDED ? begin - 1 : begin);
  const rest = text.slice(end + END.length);
  const after = rest.startsWith('\n') ? rest.slice(1) : rest;
  if (note === FILE_CREATED && before === '#!/bin/sh\n' && after === '') return undefined;
  // Lines that were added below ours since then need the newline before them.
  return note === NEWLINE_ADDED && after !== '' ? `${before}\n${after}` : before + after;
}

export function hasBlock(text: string): boolean {
  return text.includes(BEGIN) && text.includes(END);
}
