import type { Arguments, Interpreter } from './interpreter';
import { childrenOf } from '../python/readExpression';
import {
  dict,
  list,
  NONE,
  text,
  UNKNOWN,
  type PyFunction,
  type PyValue,
  type Scope,
} from './pyValue';

/** What a function or lambda of the workflow returns. */
export function callFunction(
  callee: PyFunction,
  given: Arguments,
  interpreter: Interpreter,
): PyValue {
  const variables = bindParameters(callee, given);
  if (variables === undefined) return UNKNOWN;
  const scope: Scope = { variables, parent: callee.scope, globals: new Set() };
  const frame = { code: callee.code, scope };
  const body = callee.node.getChild('Body');
  if (body === null) {
    const value = childrenOf(callee.node).at(-1);
    return value === undefined ? UNKNOWN : interpreter.evaluate(value, frame);
  }
  const before = interpreter.uncertain;
  // What is uncertain outside does not make the function's own flow so.
  interpreter.uncertain = 0;
  const flow = interpreter.executeAll(childrenOf(body).slice(1), frame);
  interpreter.uncertain = before;
  if (flow === undefined) return NONE;
  return flow.kind === 'return' ? flow.value : UNKNOWN;
}

function bindParameters(
  callee: PyFunction,
  { positional, keywords, open }: Arguments,
): Map<string, PyValue> | undefined {
  const variables = new Map<string, PyValue>();
  const left = [...positional];
  const named = new Map(keywords);
  for (const parameter of callee.parameters) {
    const { name, kind, defaultValue } = parameter;
    if (kind === 'list') variables.set(name, list(left.splice(0), open, 'tuple'));
    else if (kind === 'dict') {
      variables.set(
        name,
        dict(
          [...named].map(([key, value]) => [text(key), value] as const),
          open,
        ),
      );
    } else {
      const value = left.shift() ?? named.get(name) ?? (open ? UNKNOWN : defaultValue);
      if (value === undefined) return undefined;
      variables.set(name, value);
      named.delete(name);
    }
  }
  return variables;
}
