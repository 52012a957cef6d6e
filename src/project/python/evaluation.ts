import type { CallSite } from './callSites';
import type { Program } from './program';
import type { Binding, CallExpression, Expression, Scope } from './syntax';
import type { TextValue, Values } from './values';

/** What evaluation knows besides the syntax. */
export interface EvaluationContext {
  readonly program: Program;
  /** The words after the script, as it is run. */
  readonly argumentWords: readonly string[];
  readonly callSites: ReadonlyMap<Scope, readonly CallSite[]>;
  /** The calls of `add_argument` in the program. */
  readonly optionCalls: readonly { readonly call: CallExpression; readonly scope: Scope }[];
  /** The content of a YAML or JSON file; nothing where it is not known (yet). */
  readonly configOf: (path: TextValue) => Values;
}

/** Finds out what the expressions of one program stand for. */
export interface Evaluation {
  readonly context: EvaluationContext;
  evaluate(expression: Expression, scope: Scope): Values;
  nameValues(name: string, scope: Scope): Values;
  bindingValues(binding: Binding, owner: Scope): Values;
  /** What a function of the project returns. */
  returned(callee: Scope): Values;
  /** The same, where a function is called from this place and from nowhere else. */
  forCall(callee: Scope, site: CallSite): Evaluation;
  /** The options of the command line, as a map. */
  options(): Values;
}
