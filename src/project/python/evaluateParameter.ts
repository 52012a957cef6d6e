import { folderOf } from '../files/paths';
import { readOption } from './argumentParser';
import { argumentFor, isStatic } from './callSites';
import type { Evaluation } from './evaluation';
import type { CallExpression, Expression, Parameter, Scope } from './syntax';
import { appendText, joinPath, text, textsOf, type TextValue, type Values } from './values';

/** What a parameter may be: what all calls of the function give it, its default, what a decorator gives it. */
export function parameterValues(
  parameter: Parameter,
  owner: Scope,
  evaluation: Evaluation,
): Values {
  if (owner.parent?.kind === 'class' && owner.parameters[0] === parameter && !isStatic(owner)) {
    return [{ kind: 'instance', scope: owner.parent }];
  }
  const sites = evaluation.context.callSites.get(owner) ?? [];
  const passed = sites.map((site) => ({ site, value: argumentFor(site, owner, parameter) }));
  const values = passed.flatMap(({ site, value }) =>
    value === undefined ? [] : evaluation.evaluate(value, site.scope),
  );
  const isLeftOut = passed.length === 0 || passed.some(({ value }) => value === undefined);
  const { defaultValue } = parameter;
  const otherwise =
    defaultValue !== undefined && isLeftOut
      ? evaluation.evaluate(defaultValue, owner.parent ?? owner)
      : [];
  const given = owner.decorators.flatMap((one) => decorated(one, parameter, owner, evaluation));
  return [...values, ...otherwise, ...given];
}

function decorated(
  decorator: Expression,
  parameter: Parameter,
  owner: Scope,
  evaluation: Evaluation,
): Values {
  if (decorator.kind !== 'call') return [];
  const scope = owner.parent ?? owner;
  const [callee] = evaluation.evaluate(decorator.callee, scope);
  if (callee?.kind !== 'external') return [];
  if (callee.name === 'click.option' || callee.name === 'click.argument') {
    return clickOption(decorator, parameter, scope, evaluation);
  }
  const isConfig = callee.name === 'hydra.main' && owner.parameters[0] === parameter;
  return isConfig ? hydraConfig(decorator, owner, evaluation) : [];
}

/** `@click.option("--path", default=…)`. */
function clickOption(
  decorator: CallExpression,
  parameter: Parameter,
  scope: Scope,
  evaluation: Evaluation,
): Values {
  const option = readOption(decorator, scope);
  if (option?.name !== parameter.name || option.defaultValue === undefined) return [];
  return evaluation.evaluate(option.defaultValue, scope);
}

/** `@hydra.main(config_path=…, config_name=…)`, relative to the file that it stands in. */
function hydraConfig(decorator: CallExpression, owner: Scope, evaluation: Evaluation): Values {
  const keyword = (name: string): TextValue | undefined => {
    const given = decorator.keywords.find((one) => one.name === name);
    if (given === undefined) return undefined;
    return textsOf(evaluation.evaluate(given.value, owner.parent ?? owner))[0];
  };
  const { program, configOf } = evaluation.context;
  const [folder, name] = [keyword('config_path'), keyword('config_name')];
  if (name === undefined) return [];
  const here = text(folderOf(program.moduleOf(owner).path), true);
  const path = joinPath(folder === undefined ? here : joinPath(here, folder), name);
  return configOf(/\.ya?ml$/.test(path.text) ? path : appendText(path, text('.yaml')));
}
