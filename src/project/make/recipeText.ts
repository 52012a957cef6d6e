import type { Makefile } from './readMakefile';
import { RecursiveVariable, type MakeVariables } from './makeVariables';
import type { MakeTarget } from './targets';

/** What a target's recipe runs, as a shell would read it: its variables expanded, without make's own `@`, `-` and `+`. */
export function recipeText(target: MakeTarget, makefile: Makefile): string {
  const { recipeRule } = target;
  if (recipeRule === undefined) return '';
  const variables = targetScope(target, makefile);
  try {
    return recipeRule.recipe
      .flatMap((line) => variables.expand(line).split('\n'))
      .map((line) => line.replace(/^\s*[@+-]+\s*/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .join('\n');
  } catch (error) {
    if (!(error instanceof RecursiveVariable)) throw error;
    return recipeRule.recipe.join('\n');
  }
}

/** The automatic variables (GNU make manual, 10.5.3), and those that are set for this target alone. */
function targetScope(target: MakeTarget, makefile: Makefile): MakeVariables {
  const scope = makefile.variables.scopeOfTarget();
  for (const { name, operator, value } of makefile.targetVariables.get(target.name) ?? []) {
    if (operator === '+=') scope.append(name, value);
    else if (operator !== '?=' || !scope.has(name)) scope.set(name, value, operator !== ':=');
  }
  const all = target.prerequisites;
  const automatic: readonly (readonly [string, readonly string[]])[] = [
    ['@', [target.name]],
    ['<', all.slice(0, 1)],
    ['^', all],
    ['+', target.recipeRule?.prerequisites ?? all],
    // Which are newer is only known when make runs.
    ['?', all],
    ['|', target.orderOnly],
    ['*', [target.stem]],
  ];
  for (const [name, words] of automatic) {
    scope.set(name, words.join(' '), false);
    scope.set(`${name}D`, words.map(folderName).join(' '), false);
    scope.set(`${name}F`, words.map((word) => word.replace(/^.*\//s, '')).join(' '), false);
  }
  return scope;
}

function folderName(path: string): string {
  return path.includes('/') ? path.replace(/\/[^/]*$/, '') : '.';
}
