/**
 * PyYAML, which writes compiled pipelines, goes on with a quoted text at the column of the line that it begins in; YAML
 * wants it further to the right. The same text with such lines moved: the spaces count for nothing, the lines stay.
 */
export function indentQuoted(text: string): string {
  let quote: string | undefined;
  return text
    .split('\n')
    .map((line) => {
      const wasOpen = quote !== undefined;
      quote = wasOpen ? openAfter(line, 0, quote) : opened(line);
      return wasOpen ? INDENT + line : line;
    })
    .join('\n');
}

/** Further than anybody writes. */
const INDENT = ' '.repeat(60);
/** `- "…`, `key: '…`, `- key: "…`: a value that begins with a quote. */
const BEGINNING = /^\s*(?:- )*(?:[\w.$/-]+: )?(?=['"])/;

/** The quote that a line leaves open. */
function opened(line: string): string | undefined {
  const start = BEGINNING.exec(line)?.[0].length;
  return start === undefined ? undefined : openAfter(line, start + 1, line[start]);
}

function openAfter(line: string, from: number, quote: string | undefined): string | undefined {
  for (let at = from; at < line.length; at++) {
    if (quote === '"' && line[at] === '\\') at++;
    else if (line[at] === quote) {
      if (quote !== "'" || line[at + 1] !== "'") return undefined;
      at++;
    }
  }
  return quote;
}
