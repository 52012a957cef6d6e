import { calleeName } from './calleeName';
import type { CallSite } from './callSites';
import type { Evaluation } from './evaluation';
import type { Program } from './program';
import type { Module, Scope, ScopedCall } from './syntax';

/** What runs when a script runs: all of the script itself, and what it uses of the modules that it imports. */
export interface Reached {
  readonly calls: readonly { readonly call: ScopedCall['call']; readonly scope: Scope }[];
  readonly callSites: ReadonlyMap<Scope, readonly CallSite[]>;
}

/**
 * Follows calls from the script into the modules of the project. Which function a call means is found out with an
 * evaluation that knows no call sites yet; names, imports and classes need none.
 */
export function reachCalls(program: Program, evaluation: Evaluation): Reached {
  const defined = definedNames(program);
  const calls: { call: ScopedCall['call']; scope: Scope }[] = [];
  const callSites = new Map<Scope, CallSite[]>();
  const reached = new Set<Scope>();
  const pending: { scope: Scope; guarded: boolean }[] = [];
  const reach = (scope: Scope, guarded: boolean, inner: boolean): void => {
    if (reached.has(scope)) return;
    reached.add(scope);
    pending.push({ scope, guarded });
    if (!inner) return;
    for (const one of [...scope.functions, ...scope.classes]) reach(one, guarded, true);
  };
  const addSite = (callee: Scope, site: CallSite): void => {
    callSites.set(callee, [...(callSites.get(callee) ?? []), site]);
    reach(callee, true, true);
  };
  for (const module of program.modules)
    reach(module.scope, isEntry(module, program), isEntry(module, program));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { scope } = next;
    for (const { call, guarded } of scope.calls) {
      if (guarded && !next.guarded) continue;
      calls.push({ call, scope });
      // Most calls are of other packages; only names of the project are worth finding out about.
      if (!defined.has(calleeName(call) ?? '')) continue;
      for (const callee of evaluation.evaluate(call.callee, scope)) {
        if (callee.kind === 'function') addSite(callee.scope, { call, scope });
        else if (callee.kind === 'class') {
          reach(callee.scope, true, true);
          const made = callee.scope.functions.find((one) => one.name === '__init__');
          if (made !== undefined) addSite(made, { call, scope });
        }
      }
    }
  }
  return { calls, callSites };
}

/** The names of all functions and classes of a program, and what imports call them. */
function definedNames({ modules }: Program): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (scope: Scope): void => {
    for (const inner of [...scope.functions, ...scope.classes]) {
      names.add(inner.name);
      visit(inner);
    }
    for (const { name, bound } of scope.imports) if (name !== bound) names.add(bound);
  };
  for (const module of modules) visit(module.scope);
  return names;
}

function isEntry(module: Module, program: Program): boolean {
  return module === program.entry;
}
