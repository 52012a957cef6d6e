import type { CallArguments } from './callArguments';
import { callExternal } from './callExternal';
import { callMethod } from './callMethod';
import type { Evaluation } from './evaluation';
import type { CallExpression, Scope } from './syntax';
import type { Values } from './values';

/** What a call returns: a function of the project, something known outside of it, or a method of a known value. */
export function evaluateCall(call: CallExpression, scope: Scope, evaluation: Evaluation): Values {
  const results = evaluation.evaluate(call.callee, scope).flatMap((callee): Values => {
    if (callee.kind === 'function') return returnedHere(callee.scope, call, evaluation);
    if (callee.kind === 'class') {
      return [{ kind: 'instance', scope: callee.scope, made: { call, scope } }];
    }
    if (callee.kind !== 'external') return [];
    return callExternal(callee.name, argumentsOf(call, scope, evaluation), evaluation);
  });
  if (results.length > 0 || call.callee.kind !== 'attribute') return results;
  const objects = evaluation.evaluate(call.callee.object, scope);
  return callMethod(objects, call.callee.name, argumentsOf(call, scope, evaluation), evaluation);
}

/** What a function returns to this call, not to the others. */
function returnedHere(callee: Scope, call: CallExpression, evaluation: Evaluation): Values {
  const together = evaluation.returned(callee);
  const sites = evaluation.context.callSites.get(callee) ?? [];
  if (together.length === 0 || sites.length < 2) return together;
  const site = sites.find((one) => one.call === call);
  return site === undefined ? together : evaluation.forCall(callee, site).returned(callee);
}

/** Arguments are evaluated when they are asked for. */
export function argumentsOf(
  call: CallExpression,
  scope: Scope,
  evaluation: Evaluation,
): CallArguments {
  return {
    argument: (position, ...names) => {
      const named = call.keywords.find((keyword) => names.includes(keyword.name))?.value;
      const value = named ?? (position < 0 ? undefined : call.positional[position]);
      return value === undefined ? [] : evaluation.evaluate(value, scope);
    },
    get all() {
      return call.positional.map((value) => evaluation.evaluate(value, scope));
    },
    get keywords() {
      const entries = call.keywords.map(
        ({ name, value }) => [name, evaluation.evaluate(value, scope)] as const,
      );
      return new Map(entries);
    },
  };
}
