/**
 * The line of a key in a TOML file (from 1), for files that a parser without positions has read: the key in the table of
 * its name, or the table itself. Strings of several lines are stepped over.
 * @param table as its header is written with plain names: `tool.poe.tasks`
 */
export function findTomlLine(text: string, table: string, key: string): number {
  let current = '';
  let quote: string | undefined;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (quote !== undefined) {
      if (line.includes(quote)) quote = undefined;
      continue;
    }
    const header = headerOf(line);
    current = header ?? current;
    if (header === `${table}.${key}`) return at + 1;
    if (header === undefined && current === table && keyOf(line) === key) return at + 1;
    quote = openedQuote(line);
  }
  return 1;
}

function headerOf(line: string): string | undefined {
  const written = /^\s*\[+\s*([^\]]+?)\s*\]+/.exec(line)?.[1];
  return written?.replaceAll(/\s*\.\s*/g, '.').replaceAll(/["']/g, '');
}

/** The first name of `key = …` or `key.cmd = …`. */
function keyOf(line: string): string | undefined {
  const [, quoted, plain] = /^\s*(?:"([^"]*)"|'?([^\s=.']+)'?)\s*[=.]/.exec(line) ?? [];
  return quoted ?? plain;
}

/** The quotes of a string that begins on a line and does not end on it. */
function openedQuote(line: string): string | undefined {
  const quote = /"""|'''/.exec(line)?.[0];
  return quote !== undefined && line.split(quote).length % 2 === 0 ? quote : undefined;
}
