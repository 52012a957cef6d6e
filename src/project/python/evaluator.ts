import { matchArguments, readOption } from './argumentParser';
import type { CallSite } from './callSites';
import { evaluateCall } from './evaluateCall';
import { attributeOf } from './evaluateMember';
import { parameterValues } from './evaluateParameter';
import { evaluateSubscript } from './evaluateSubscript';
import type { Evaluation, EvaluationContext } from './evaluation';
import { fillPercent } from './formatText';
import { resolveName } from './resolveName';
import type { Binding, DictEntry, Expression, Parameter, Scope } from './syntax';
import {
  appendText,
  distinct,
  joinAlternatives,
  joinPath,
  listItems,
  text,
  textsOf,
  type MapValue,
  type Value,
  type Values,
} from './values';

/** One script costs at most this many steps; what is left then stays unknown. */
const MOST_STEPS = 50_000;
const DEEPEST = 60;
/** A function that is called from so many others in turn is taken with all its calls at once. */
const DEEPEST_CALL = 4;

type Compute = {
  readonly [Kind in Expression['kind']]: (
    expression: Extract<Expression, { kind: Kind }>,
    scope: Scope,
  ) => Values;
};

/** Evaluates by going back from an expression to what its names are bound to, in any order: nothing is run. */
export class Evaluator implements Evaluation {
  private readonly known = new Map<Scope, Map<Expression, Values>>();
  private readonly underWay = new Set<Expression | Parameter>();
  private readonly perSite = new Map<CallSite, Evaluator>();
  private knownOptions: Values | undefined;

  constructor(
    readonly context: EvaluationContext,
    private readonly budget = { steps: MOST_STEPS },
    private readonly depth = 0,
  ) {}

  forCall(callee: Scope, site: CallSite): Evaluator {
    if (this.depth >= DEEPEST_CALL) return this;
    let evaluator = this.perSite.get(site);
    if (evaluator === undefined) {
      const callSites = new Map(this.context.callSites).set(callee, [site]);
      evaluator = new Evaluator({ ...this.context, callSites }, this.budget, this.depth + 1);
      this.perSite.set(site, evaluator);
    }
    return evaluator;
  }

  evaluate(expression: Expression, scope: Scope): Values {
    let inScope = this.known.get(scope);
    if (inScope === undefined) this.known.set(scope, (inScope = new Map<Expression, Values>()));
    const known = inScope.get(expression);
    if (known !== undefined) return known;
    if (--this.budget.steps < 0) return [];
    const compute = this.compute[expression.kind] as (one: Expression, scope: Scope) => Values;
    const values = distinct(this.once(expression, () => compute(expression, scope)));
    inScope.set(expression, values);
    return values;
  }

  /** A name that is bound to itself (`x = x or 1`) adds nothing. */
  private once(subject: Expression | Parameter, compute: () => Values): Values {
    if (this.underWay.has(subject) || this.underWay.size > DEEPEST) return [];
    this.underWay.add(subject);
    const values = compute();
    this.underWay.delete(subject);
    return values;
  }

  private readonly compute: Compute = {
    text: (expression) => [text(expression.text)],
    number: ({ value }) => [{ kind: 'number', value }],
    constant: () => [],
    other: () => [],
    name: ({ name }, scope) => this.nameValues(name, scope),
    format: ({ parts }, scope) => joinAlternatives(this.all(parts, scope), appendText),
    choice: ({ options }, scope) => this.all(options, scope).flat(),
    list: ({ items }, scope) => [{ kind: 'list', items: this.all(items, scope) }],
    each: ({ item }, scope) => [{ kind: 'list', items: [this.evaluate(item, scope)] }],
    dict: ({ entries }, scope) => [this.dict(entries, scope)],
    binary: (expression, scope) => this.binary(expression, scope),
    subscript: (expression, scope) => evaluateSubscript(expression, scope, this),
    attribute: ({ object, name }, scope) =>
      this.evaluate(object, scope).flatMap((one) => attributeOf(one, name, this)),
    call: (expression, scope) => evaluateCall(expression, scope, this),
  };

  private all(expressions: readonly Expression[], scope: Scope): readonly Values[] {
    return expressions.map((expression) => this.evaluate(expression, scope));
  }

  private binary(
    { operator, ...sides }: Extract<Expression, { kind: 'binary' }>,
    scope: Scope,
  ): Values {
    const left = this.evaluate(sides.left, scope);
    const right = this.evaluate(sides.right, scope);
    switch (operator) {
      case '/':
        return textsOf(left).length === 0 ? [] : joinAlternatives([left, right], joinPath);
      case '+':
        if (textsOf(left).length + textsOf(right).length === 0) return [];
        return joinAlternatives([left, right], appendText);
      case '%':
        return textsOf(left).map((format) => fillPercent(format, right));
      default:
        return [];
    }
  }

  private dict(entries: readonly DictEntry[], scope: Scope): MapValue {
    const known = new Map<string, Values>();
    for (const { key, value } of entries) {
      const values = this.evaluate(value, scope);
      if (key === undefined) {
        for (const inner of values) {
          if (inner.kind === 'map') for (const [name, own] of inner.entries) known.set(name, own);
        }
      } else for (const name of textsOf(this.evaluate(key, scope))) known.set(name.text, values);
    }
    return { kind: 'map', entries: known };
  }

  nameValues(name: string, scope: Scope): Values {
    if (name === '__file__') return [text(this.context.program.moduleOf(scope).path, true)];
    return resolveName(name, scope, this.context.program, {
      binding: (binding, owner) => this.bindingValues(binding, owner),
      parameter: (parameter, owner) =>
        this.once(parameter, () => distinct(parameterValues(parameter, owner, this))),
    });
  }

  bindingValues(binding: Binding, owner: Scope): Values {
    const values = this.evaluate(binding.value, binding.scope ?? owner);
    return binding.path.reduce<Values>(
      (known, part) => known.flatMap((one) => partOf(one, part)),
      values,
    );
  }

  returned(callee: Scope): Values {
    return this.all(callee.returns, callee).flat();
  }

  options(): Values {
    return (this.knownOptions ??= [this.readOptions()]);
  }

  private readOptions(): MapValue {
    const { optionCalls, argumentWords } = this.context;
    const options = optionCalls.flatMap(({ call, scope }) => readOption(call, scope) ?? []);
    const given = matchArguments(options, argumentWords);
    const entries = options.map(({ name, defaultValue, scope }): [string, Values] => {
      const word = given.get(name);
      if (word !== undefined) return [name, [text(word)]];
      return [name, defaultValue === undefined ? [] : this.evaluate(defaultValue, scope)];
    });
    return { kind: 'map', entries: new Map(entries) };
  }
}

function partOf(value: Value, part: number | 'each'): Values {
  if (part === 'each') return listItems(value).flat();
  return value.kind === 'list' ? (value.items[part] ?? []) : [];
}
