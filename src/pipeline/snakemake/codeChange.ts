import { textOfValue } from '../../project/evaluate/pyText';
import { hasHole } from '../../project/evaluate/pyValue';
import type { Rule } from '../../project/snakemake/workflow';

/** Whether what a rule does is something else than was recorded; undefined where that cannot be told. */
export function hasCodeChanged(rule: Rule, recorded: string): boolean | undefined {
  const { action } = rule;
  if (action === undefined) return undefined;
  if (action.kind === 'shell') {
    const command = textOfValue(action.value);
    return action.value.kind !== 'text' || hasHole(command) ? undefined : command !== recorded;
  }
  const before = linesOf(recorded);
  const now = linesOf(action.section.lines.join('\n'));
  if (!isPartOf(before, now)) return true;
  if (action.kind !== 'run') return false;
  const known = new Set(before);
  return significantLines(action.section.lines.slice(1)).some((line) => !known.has(line));
}

/**
 * Snakemake records the lines that Python's byte code says it comes from: in order, some twice, and none that do
 * nothing (`Workflow.get_rule_source`).
 */
function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function isPartOf(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  let last: string | undefined;
  for (const line of part) {
    if (line === last) continue;
    const found = whole.indexOf(line, at);
    if (found === -1) return false;
    at = found + 1;
    last = line;
  }
  return true;
}

/** Lines on which a statement begins that leaves a trace in the byte code. */
function significantLines(lines: readonly string[]): readonly string[] {
  const significant: string[] = [];
  const indent = indentOf(lines.find((line) => line.trim() !== '') ?? '');
  let inner: number | undefined;
  let depth = 0;
  for (const line of lines) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const isContinued = depth > 0;
    depth = Math.max(0, depth + bracketsOf(text));
    // The body of a function in it is other code, which is not recorded.
    if (inner !== undefined && indentOf(line) > inner) continue;
    inner = /^(?:async\s+)?def\s|^class\s/.test(text) ? indentOf(line) : undefined;
    if (isContinued || SILENT.test(text) || indentOf(line) < indent) continue;
    significant.push(line);
  }
  return significant;
}

const SILENT = /^(?:else|try|finally)\s*:|^(?:pass|global|nonlocal)\b|^[rRuUbB]?["']|^[)\]}]|^@/;

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function bracketsOf(text: string): number {
  const code = text.replace(/"[^"]*"|'[^']*'|#.*$/g, '');
  return (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0);
}
