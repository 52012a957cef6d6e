import type { Program } from './program';
import type { Binding, Import, Module, Parameter, Scope } from './syntax';
import type { Values } from './values';

interface Read {
  binding(binding: Binding, owner: Scope): Values;
  parameter(parameter: Parameter, owner: Scope): Values;
}

/** What a name stands for where it is used: the innermost scope that binds it, else a built-in. */
export function resolveName(name: string, from: Scope, program: Program, read: Read): Values {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    // The names of a class are not seen from inside its methods.
    if (scope.kind === 'class' && scope !== from) continue;
    const values = resolveIn(name, scope, program, read);
    if (values !== undefined) return values;
  }
  return [{ kind: 'external', name, importer: program.moduleOf(from) }];
}

/** What a scope defines under one name, besides what it assigns. */
interface Definitions {
  readonly parameters: readonly Parameter[];
  readonly functions: readonly Scope[];
  readonly classes: readonly Scope[];
  readonly imports: readonly Import[];
}

const NOTHING: Definitions = { parameters: [], functions: [], classes: [], imports: [] };

/** Names are looked up far more often than scopes are made. */
const definitionsOfScopes = new WeakMap<Scope, ReadonlyMap<string, Definitions>>();

function definitionsOf(scope: Scope): ReadonlyMap<string, Definitions> {
  const known = definitionsOfScopes.get(scope);
  if (known !== undefined) return known;
  const found = new Map<string, Definitions>();
  const add = (name: string, more: Partial<Definitions>): void => {
    const before = found.get(name) ?? NOTHING;
    found.set(name, {
      parameters: [...before.parameters, ...(more.parameters ?? [])],
      functions: [...before.functions, ...(more.functions ?? [])],
      classes: [...before.classes, ...(more.classes ?? [])],
      imports: [...before.imports, ...(more.imports ?? [])],
    });
  };
  for (const one of scope.parameters) add(one.name, { parameters: [one] });
  for (const one of scope.functions) add(one.name, { functions: [one] });
  for (const one of scope.classes) add(one.name, { classes: [one] });
  for (const one of scope.imports) add(one.bound, { imports: [one] });
  definitionsOfScopes.set(scope, found);
  return found;
}

/** Undefined where the scope does not bind the name. */
function resolveIn(name: string, scope: Scope, program: Program, read: Read): Values | undefined {
  const bindings = scope.bindings.get(name) ?? [];
  const definitions = definitionsOf(scope).get(name);
  if (bindings.length === 0 && definitions === undefined) {
    return resolveStar(name, scope, program, read);
  }
  const { parameters, functions, classes, imports } = definitions ?? NOTHING;
  return [
    ...parameters.flatMap((parameter) => read.parameter(parameter, scope)),
    ...bindings.flatMap((binding) => read.binding(binding, scope)),
    ...functions.map((inner) => ({ kind: 'function', scope: inner }) as const),
    ...classes.map((inner) => ({ kind: 'class', scope: inner }) as const),
    ...imports.flatMap((one) => importValues(one, program.moduleOf(scope), program, read)),
  ];
}

/** `from module import *`, of a module of the project. */
function resolveStar(name: string, scope: Scope, program: Program, read: Read): Values | undefined {
  const importer = program.moduleOf(scope);
  for (const one of scope.imports) {
    if (one.name !== '*') continue;
    const module = program.find(one.module, one.level, importer);
    if (module === undefined || module === importer) continue;
    const values = resolveIn(name, module.scope, program, read);
    if (values !== undefined) return values;
  }
  return undefined;
}

function importValues(one: Import, importer: Module, program: Program, read: Read): Values {
  if (one.name === undefined) {
    // `import a.b` binds `a`, `import a.b as c` binds `a.b`.
    const bound = one.bound === one.module.split('.')[0] ? one.bound : one.module;
    const module = program.find(bound, 0, importer);
    if (module !== undefined) return [{ kind: 'module', module }];
    return [{ kind: 'external', name: bound, importer }];
  }
  const module = program.find(one.module, one.level, importer);
  if (module !== undefined && module !== importer) {
    const values = resolveIn(one.name, module.scope, program, read);
    if (values !== undefined) return values;
  }
  const dotted = one.module === '' ? one.name : `${one.module}.${one.name}`;
  const submodule = program.find(dotted, one.level, importer);
  if (submodule !== undefined) return [{ kind: 'module', module: submodule }];
  return module === undefined ? [{ kind: 'external', name: dotted, importer }] : [];
}
