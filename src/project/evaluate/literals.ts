import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isOperand } from '../python/readExpression';
import { decodeEscapes, decodeStringLiteral } from '../python/stringLiteral';
import { formatValue } from './formatText';
import type { Frame, Interpreter } from './interpreter';
import { reprOf, textOfValue } from './pyText';
import { hole, text, UNKNOWN, type PyValue } from './pyValue';

export function evaluateLiteral(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const value = decodeStringLiteral(interpreter.textOf(node, frame));
  return value === undefined ? UNKNOWN : text(value);
}

/** An f-string; what is unknown in it becomes a hole. */
export function evaluateFormat(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const literal = interpreter.textOf(node, frame);
  const [opening = '', prefix = ''] = /^([A-Za-z]*)(?:'''|"""|'|")/.exec(literal) ?? [];
  const quoteLength = opening.length - prefix.length;
  const closed =
    literal.length >= opening.length + quoteLength &&
    literal.endsWith(opening.slice(prefix.length));
  const end = node.to - (closed ? quoteLength : 0);
  let result = '';
  let from = node.from + opening.length;
  const addText = (to: number): void => {
    const raw = frame.code.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    result += /r/i.test(prefix) ? raw : decodeEscapes(raw);
  };
  for (const replacement of node.getChildren('FormatReplacement')) {
    addText(replacement.from);
    result += evaluateReplacement(replacement, frame, interpreter);
    from = replacement.to;
  }
  addText(Math.max(from, end));
  return text(result);
}

function evaluateReplacement(node: SyntaxNode, frame: Frame, interpreter: Interpreter): string {
  const inside = childrenOf(node).find(isOperand);
  if (inside === undefined || node.getChild('FormatSelfDoc') !== null) return hole();
  const value = interpreter.evaluate(inside, frame);
  const conversion = node.getChild('FormatConversion');
  const specification = node.getChild('FormatSpec');
  if (conversion !== null) {
    return interpreter.textOf(conversion, frame) === '!r'
      ? (reprOf(value) ?? hole())
      : textOfValue(value);
  }
  if (specification === null) return textOfValue(value);
  return formatValue(value, interpreter.textOf(specification, frame).slice(1));
}
