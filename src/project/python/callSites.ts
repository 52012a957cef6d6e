import type { CallExpression, Parameter, Scope } from './syntax';

/** One call of a function of the project, and the scope it is in. */
export interface CallSite {
  readonly call: CallExpression;
  readonly scope: Scope;
}

/** The argument that a call gives to a parameter; undefined where it leaves it to the default. */
export function argumentFor(
  { call }: CallSite,
  callee: Scope,
  parameter: Parameter,
): CallExpression['positional'][number] | undefined {
  const named = call.keywords.find((keyword) => keyword.name === parameter.name);
  if (named !== undefined) return named.value;
  if (parameter.kind !== 'plain') return undefined;
  const plain = callee.parameters.filter((one) => one.kind === 'plain');
  // The object of a method call is not written among its arguments.
  const isBound = callee.parent?.kind === 'class' && !isStatic(callee);
  const index = plain.indexOf(parameter) - (isBound ? 1 : 0);
  return index < 0 ? undefined : call.positional[index];
}

export function isStatic(method: Scope): boolean {
  return method.decorators.some((one) => one.kind === 'name' && one.name === 'staticmethod');
}
