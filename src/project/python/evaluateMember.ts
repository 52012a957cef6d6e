import type { Evaluation } from './evaluation';
import type { Expression } from './syntax';
import { parentPath, text, type TextValue, type Value, type Values } from './values';

/** `object.name`. */
export function attributeOf(object: Value, name: string, evaluation: Evaluation): Values {
  if (object.kind === 'map') return object.entries.get(name) ?? [];
  if (object.kind === 'external') return externalMember(object, name, evaluation);
  if (object.kind === 'module') return evaluation.nameValues(name, object.module.scope);
  if (object.kind === 'text') return pathAttribute(object, name);
  if (object.kind === 'instance' || object.kind === 'class') {
    return memberOf(object, name, evaluation);
  }
  return [];
}

/** After `import a`, `a.b` can be a module of the project. */
function externalMember(
  object: Extract<Value, { kind: 'external' }>,
  name: string,
  { context }: Evaluation,
): Values {
  const full = `${object.name}.${name}`;
  const module = context.program.find(full, 0, object.importer);
  return module === undefined ? [{ ...object, name: full }] : [{ kind: 'module', module }];
}

function memberOf(
  object: Extract<Value, { kind: 'instance' | 'class' }>,
  name: string,
  evaluation: Evaluation,
): Values {
  const { scope } = object;
  const method = scope.functions.find((one) => one.name === name);
  if (method !== undefined) {
    if (method.decorators.some(isProperty)) return evaluation.returned(method);
    return [{ kind: 'function', scope: method }];
  }
  const made = object.kind === 'instance' ? object.made : undefined;
  const field = made?.call.keywords.find((keyword) => keyword.name === name);
  if (made !== undefined && field !== undefined) {
    return evaluation.evaluate(field.value, made.scope);
  }
  const bindings = [...(scope.attributes.get(name) ?? []), ...(scope.bindings.get(name) ?? [])];
  if (bindings.length > 0) return bindings.flatMap((one) => evaluation.bindingValues(one, scope));
  return scope.bases
    .flatMap((base) => evaluation.evaluate(base, scope.parent ?? scope))
    .flatMap((base) =>
      base.kind === 'class' && base.scope !== scope ? memberOf(base, name, evaluation) : [],
    );
}

function isProperty(decorator: Expression): boolean {
  return decorator.kind === 'name' && decorator.name.endsWith('property');
}

/** The attributes of `pathlib.Path`. */
function pathAttribute(path: TextValue, name: string): Values {
  const base = path.text.slice(path.text.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  switch (name) {
    case 'parent':
      return [parentPath(path)];
    case 'parents':
      return [{ kind: 'list', items: parentsOf(path) }];
    case 'name':
      return [text(base)];
    case 'stem':
      return [text(dot > 0 ? base.slice(0, dot) : base)];
    case 'suffix':
      return [text(dot > 0 ? base.slice(dot) : '')];
    default:
      return [];
  }
}

const MOST_PARENTS = 8;

function parentsOf(path: TextValue): readonly Values[] {
  const parents: TextValue[] = [];
  let folder = path;
  while (parents.length < MOST_PARENTS) parents.push((folder = parentPath(folder)));
  return parents.map((parent) => [parent]);
}
