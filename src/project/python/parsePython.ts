import { readModule } from './readModule';
import type { SourceText } from './readExpression';
import type { Module } from './syntax';

/** Longer files are generated, and cost more to parse than they tell. */
const LONGEST = 1_000_000;

/** Reads a Python module; what is wrong in it is skipped. Undefined where it is too long. */
export async function parsePython(text: string, path: string): Promise<Module | undefined> {
  if (text.length > LONGEST) return undefined;
  // The parser's tables are loaded only where there is Python.
  const { parser } = await import('@lezer/python');
  const tree = parser.parse(text);
  return readModule(tree.topNode, { text, lineAt: lineCounter(text) }, path);
}

function lineCounter(text: string): SourceText['lineAt'] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
