/** The Python of a notebook, as one text whose lines are known in the notebook's file. */
export interface NotebookSource {
  readonly text: string;
  /** The 1-based line in the .ipynb of each line of the text, 0-based. */
  readonly lines: readonly number[];
}

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
}

/** Reads the code cells of a notebook; undefined where it is no notebook of Python. Source: nbformat 4. */
export function notebookSource(json: string): NotebookSource | undefined {
  const notebook = parseNotebook(json);
  if (notebook === undefined) return undefined;
  const finder = new LineFinder(json);
  const text: string[] = [];
  const lines: number[] = [];
  for (const cell of notebook.filter((one) => one.cell_type === 'code')) {
    for (const line of finder.find(sourceLines(cell.source))) {
      text.push(isPython(line.text) ? line.text : '');
      lines.push(line.line);
    }
  }
  return { text: text.join('\n'), lines };
}

function parseNotebook(json: string): readonly Cell[] | undefined {
  try {
    const value = JSON.parse(json) as {
      readonly cells?: unknown;
      readonly metadata?: { readonly kernelspec?: { readonly language?: unknown } };
    } | null;
    const language = value?.metadata?.kernelspec?.language ?? 'python';
    if (language !== 'python' || !Array.isArray(value?.cells)) return undefined;
    return value.cells.filter((cell): cell is Cell => typeof cell === 'object' && cell !== null);
  } catch {
    return undefined;
  }
}

/** `source` is a list of lines with their ends, or one text. */
function sourceLines(source: unknown): readonly { readonly json: string; readonly text: string }[] {
  const texts = Array.isArray(source) ? source.filter((one) => typeof one === 'string') : [source];
  return texts.flatMap((text) => {
    if (typeof text !== 'string') return [];
    const json = JSON.stringify(text);
    return text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => ({ json, text: line }));
  });
}

/** Magics and shell commands are not Python. */
function isPython(line: string): boolean {
  return !/^\s*[%!?]/.test(line);
}

/** Finds the lines of texts that come in the order of the file. */
class LineFinder {
  private offset = 0;
  private line = 1;

  constructor(private readonly json: string) {}

  find(
    lines: readonly { readonly json: string; readonly text: string }[],
  ): readonly { readonly text: string; readonly line: number }[] {
    return lines.map(({ json, text }) => {
      // Where a text is written otherwise (escaped letters), the line before it is near enough.
      const found = this.json.indexOf(json, this.offset);
      if (found !== -1) this.goTo(found);
      return { text, line: this.line };
    });
  }

  private goTo(offset: number): void {
    for (let at = this.offset; at < offset; at++) if (this.json[at] === '\n') this.line++;
    this.offset = offset;
  }
}
