import type { CallExpression, Expression } from './syntax';

/** Every call in an expression, inner ones first: `open(p)` before `json.load(open(p))`. */
export function findCalls(expression: Expression): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  const visit = (inner: Expression): void => {
    for (const child of childrenOf(inner)) visit(child);
    if (inner.kind === 'call') calls.push(inner);
  };
  visit(expression);
  return calls;
}

type Children = {
  readonly [Kind in Expression['kind']]: (
    expression: Extract<Expression, { kind: Kind }>,
  ) => readonly Expression[];
};

const CHILDREN: Children = {
  text: () => [],
  number: () => [],
  constant: () => [],
  name: () => [],
  format: ({ parts }) => parts,
  list: ({ items }) => items,
  choice: ({ options }) => options,
  each: ({ item }) => [item],
  other: ({ children }) => children,
  attribute: ({ object }) => [object],
  subscript: ({ object, index }) => [object, ...present(index)],
  binary: ({ left, right }) => [left, right],
  dict: ({ entries }) => entries.flatMap(({ key, value }) => [...present(key), value]),
  call: ({ callee, positional, keywords }) => [
    callee,
    ...positional,
    ...keywords.map((keyword) => keyword.value),
  ],
};

function childrenOf(expression: Expression): readonly Expression[] {
  const read = CHILDREN[expression.kind] as (inner: Expression) => readonly Expression[];
  return read(expression);
}

function present(expression: Expression | undefined): readonly Expression[] {
  return expression === undefined ? [] : [expression];
}
