import type { CallExpression, Expression, Scope } from '../python/syntax';

/**
 * The full name of something that is imported: `metaflow.step` of `step` after `from metaflow import step`, and of
 * `mf.step` after `import metaflow as mf`. Undefined for what the file defines itself.
 */
export function qualifiedName(expression: Expression, scope: Scope): string | undefined {
  if (expression.kind === 'name') return importedName(expression.name, scope);
  if (expression.kind === 'call') return qualifiedName(expression.callee, scope);
  if (expression.kind !== 'attribute') return undefined;
  const object = qualifiedName(expression.object, scope);
  return object === undefined ? undefined : `${object}.${expression.name}`;
}

function importedName(name: string, from: Scope): string | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const one = scope.imports.findLast((imported) => imported.bound === name);
    if (one !== undefined) {
      if (one.level > 0) return undefined;
      if (one.name !== undefined) return `${one.module}.${one.name}`;
      return one.bound === one.module.split('.')[0] ? one.bound : one.module;
    }
    if (defines(scope, name)) return undefined;
    const star = scope.imports.find((imported) => imported.name === '*' && imported.level === 0);
    if (star !== undefined) return `${star.module}.${name}`;
  }
  return undefined;
}

function defines(scope: Scope, name: string): boolean {
  return (
    scope.bindings.has(name) ||
    scope.parameters.some((one) => one.name === name) ||
    [...scope.functions, ...scope.classes].some((one) => one.name === name)
  );
}

/** The decorator of a function or class whose full name matches. */
export function findDecorator(scope: Scope, pattern: RegExp): Expression | undefined {
  const outer = scope.parent ?? scope;
  return scope.decorators.find((one) => pattern.test(qualifiedName(one, outer) ?? ''));
}

/** A scope and all scopes inside it. */
export function scopesWithin(scope: Scope): readonly Scope[] {
  return [scope, ...[...scope.functions, ...scope.classes].flatMap(scopesWithin)];
}

/** The functions of a module that have such a decorator. */
export function decoratedFunctions(module: Scope, pattern: RegExp): readonly Scope[] {
  return scopesWithin(module).filter(
    (scope) => scope.kind === 'function' && findDecorator(scope, pattern) !== undefined,
  );
}

/** The calls in a scope, and in those inside it, of something whose full name matches. */
export function findCallsOf(
  outer: Scope,
  pattern: RegExp,
): readonly { readonly call: CallExpression; readonly scope: Scope; readonly name: string }[] {
  return scopesWithin(outer).flatMap((scope) =>
    scope.calls.flatMap(({ call }) => {
      const name = qualifiedName(call.callee, scope);
      return name !== undefined && pattern.test(name) ? [{ call, scope, name }] : [];
    }),
  );
}

/** The text that a call is given under one of these names, or at this position (-1: none). */
export function textArgument(
  call: CallExpression,
  position: number,
  ...names: readonly string[]
): string | undefined {
  const named = call.keywords.find((keyword) => names.includes(keyword.name))?.value;
  const value = named ?? (position < 0 ? undefined : call.positional[position]);
  return value?.kind === 'text' ? value.text : undefined;
}
