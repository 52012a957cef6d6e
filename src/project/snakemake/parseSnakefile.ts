import type { Problem } from '../../base/problem';
import { splitLogicalLines, type LogicalLine } from './logicalLines';
import { parseModule, parseRule, parseUse } from './parseRule';
import type { Code } from '../evaluate/code';
import { DIRECTIVES, type Statement } from './snakefile';

/** The source of one Snakefile with its logical lines, and what is wrong with it so far. */
export class SnakefileSource {
  readonly lines: readonly LogicalLine[];
  private rows: readonly string[] | undefined;

  constructor(
    readonly text: string,
    readonly file: string,
    readonly problems: Problem[],
  ) {
    this.lines = splitLogicalLines(text, file, problems);
  }

  textOf({ from, to }: LogicalLine): string {
    return this.text.slice(from, to);
  }

  /** The end of the lines after `at` that are indented deeper than `indent`. */
  endOfBlock(at: number, indent: number): number {
    let end = at + 1;
    while ((this.lines[end]?.indent ?? -1) > indent) end++;
    return end;
  }

  /** Lines as one piece of code, indented from its left edge; comments are left out. */
  code(start: number, end: number): Code {
    const [first] = this.lines.slice(start, end);
    let text = '';
    let row = first?.line ?? 1;
    for (const line of this.lines.slice(start, end)) {
      text += '\n'.repeat(Math.max(0, line.line - row));
      const own = this.textOf(line);
      text += ' '.repeat(Math.max(0, line.indent - (first?.indent ?? 0))) + own;
      row = line.line + (own.match(/\n/g)?.length ?? 0);
    }
    return { text, file: this.file, line: first?.line ?? 1 };
  }

  /** The code from an offset in one line to the end of a block, as it is written. */
  codeFrom(offset: number, start: number, end: number): Code {
    const first = this.lines[start];
    const before = this.text.slice(first?.from ?? 0, offset);
    const line = (first?.line ?? 1) + (before.match(/\n/g)?.length ?? 0);
    return {
      text: this.text.slice(offset, this.lines[end - 1]?.to ?? offset),
      file: this.file,
      line,
    };
  }

  /** The physical lines of a block. */
  rowsOf(start: number, end: number): readonly string[] {
    this.rows ??= this.text.split('\n');
    const last = this.lines[end - 1];
    const from = (this.lines[start]?.line ?? 1) - 1;
    const rows = last === undefined ? 1 : (this.textOf(last).match(/\n/g)?.length ?? 0) + 1;
    return this.rows.slice(from, (last?.line ?? 1) - 1 + rows);
  }

  report(line: number, message: string, fix: string): void {
    this.problems.push({ code: 'snakemake-invalid', message, file: this.file, line, fix });
  }
}

/** Reads a Snakefile. What cannot be read is a problem `snakemake-invalid` with its line; the rest is still read. */
export function parseSnakefile(
  text: string,
  file: string,
  problems: Problem[],
): readonly Statement[] {
  const source = new SnakefileSource(text.replaceAll('\r\n', '\n'), file, problems);
  return parseStatements(source, 0, source.lines.length, 0);
}

const DIRECTIVE = /^([a-z_]+)(?:\s+[A-Za-z_]\w*)?\s*:(?!=)/;
const OWN_BLOCK = /^(?:rule|checkpoint|module)\b(?:\s+[A-Za-z_]\w*)?\s*:|^use\s+rule\s/;
/** Deeper than this nobody nests, but a hostile file does. */
const DEEPEST = 50;

export function isOwn(text: string): boolean {
  if (OWN_BLOCK.test(text)) return true;
  const name = DIRECTIVE.exec(text)?.[1];
  return name !== undefined && DIRECTIVES.has(name);
}

function parseStatements(
  source: SnakefileSource,
  start: number,
  end: number,
  depth: number,
): readonly Statement[] {
  const statements: Statement[] = [];
  // Where Python began that has not been taken yet.
  let python = start;
  const takePython = (upTo: number): void => {
    if (upTo > python) statements.push({ kind: 'python', code: source.code(python, upTo) });
  };
  for (let at = start; at < end;) {
    const line = source.lines[at];
    if (line === undefined) break;
    const blockEnd = Math.min(end, endOfStatement(source, at, end));
    const hasOwn = depth < DEEPEST && containsOwn(source, at, blockEnd);
    if (hasOwn) {
      takePython(at);
      statements.push(...parseOwn(source, at, blockEnd, depth));
      python = blockEnd;
    }
    at = blockEnd;
  }
  takePython(end);
  return statements;
}

/** The end of a statement with everything indented below it; `else` belongs to its `if`. */
function endOfStatement(source: SnakefileSource, at: number, limit: number): number {
  const line = source.lines[at];
  if (line === undefined) return at + 1;
  let end = source.endOfBlock(at, line.indent);
  if (!/^if\b/.test(source.textOf(line))) return end;
  for (let next = source.lines[end]; next !== undefined && end < limit; next = source.lines[end]) {
    if (next.indent !== line.indent || !/^(?:elif|else)\b/.test(source.textOf(next))) break;
    end = source.endOfBlock(end, line.indent);
  }
  return end;
}

function containsOwn(source: SnakefileSource, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const line = source.lines[at];
    if (line !== undefined && isOwn(source.textOf(line))) return true;
  }
  return false;
}

function parseOwn(
  source: SnakefileSource,
  at: number,
  end: number,
  depth: number,
): readonly Statement[] {
  const line = source.lines[at];
  if (line === undefined) return [];
  const text = source.textOf(line);
  if (!isOwn(text)) return parseCompound(source, at, end, depth);
  if (/^(?:rule|checkpoint)\b/.test(text)) return [parseRule(source, at, end)];
  if (/^module\b/.test(text)) return [parseModule(source, at, end)];
  if (/^use\b/.test(text)) return [parseUse(source, at, end)];
  const [opening = '', name = ''] = DIRECTIVE.exec(text) ?? [];
  const code = source.codeFrom(line.from + opening.length, at, end);
  return [{ kind: 'directive', name, arguments: code }];
}

function parseCompound(
  source: SnakefileSource,
  at: number,
  end: number,
  depth: number,
): readonly Statement[] {
  const branches = [];
  const isBranch = /^if\b/.test(
    source.textOf(source.lines[at] ?? { from: 0, to: 0, line: 1, indent: 0 }),
  );
  const blocks: Statement[] = [];
  for (let next = at; next < end;) {
    const line = source.lines[next];
    if (line === undefined) break;
    const blockEnd = source.endOfBlock(next, line.indent);
    const body = parseStatements(source, next + 1, blockEnd, depth + 1);
    const header = source.code(next, next + 1);
    blocks.push({ kind: 'block', header, body });
    const condition = /^(?:el)?if\b([^]*):\s*$/.exec(header.text)?.[1];
    branches.push({
      ...(condition === undefined ? {} : { condition: { ...header, text: condition } }),
      body,
    });
    next = blockEnd;
  }
  return isBranch ? [{ kind: 'branch', branches }] : blocks;
}
