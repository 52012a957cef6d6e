/** What a README shows as code, block by block: fenced, indented, and inline. Shell prompts are taken off. */
export function codeBlocks(markdown: string): readonly string[] {
  const blocks: string[][] = [];
  let fence: string | undefined;
  let isIndented = false;
  for (const line of markdown.slice(0, LONGEST).split('\n')) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    const wasIndented = isIndented;
    isIndented = false;
    if (fence !== undefined) {
      if (mark === fence) fence = undefined;
      else blocks.at(-1)?.push(line);
    } else if (mark !== undefined) {
      fence = mark;
      blocks.push([]);
    } else if (/^(?: {4}|\t)/.test(line)) {
      isIndented = true;
      if (!wasIndented) blocks.push([]);
      blocks.at(-1)?.push(line);
    } else for (const code of inlineCode(line)) blocks.push([code]);
  }
  return blocks.map((lines) => lines.map(withoutPrompt).join('\n'));
}

/** More than this nobody reads. */
const LONGEST = 500_000;

function inlineCode(line: string): readonly string[] {
  // Every second part is between backticks.
  return line.split('`').filter((part, index) => index % 2 === 1 && part !== '');
}

/** `$ python a.py`, `> python a.py`, `(env) $ python a.py`, and `!python a.py` of notebooks. */
function withoutPrompt(line: string): string {
  return line.replace(/^\s*(?:(?:\(\w+\)\s*)?[$>%]\s+|!)/, '');
}
