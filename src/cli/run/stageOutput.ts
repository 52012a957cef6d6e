/**
 * What a stage prints stays as it is but for what would move the cursor, clear, or switch the screen: with a table
 * below it, that would hit the table. Colours (ECMA-48 SGR) and links (OSC 8) stay.
 */
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[PX^_][^\u001b]*\u001b\\|\u001b[ -/]*[0-~]|[\u0000-\u0006\u0008\u000b-\u000c\u000e-\u001b\u007f-\u009f]/g;

export function cleanOutput(line: string): string {
  const clean = line.replace(SEQUENCES, (sequence) => (isHarmless(sequence) ? sequence : ''));
  // A carriage return writes over the line, and would over what stands before it; what comes last is to be seen.
  const shown = clean.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex
  return /\u001b\[/.test(shown) ? `${shown}\u001b[0m` : shown;
}

function isHarmless(sequence: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /^\u001b\[[\d;:]*m$|^\u001b\]8;/.test(sequence);
}
