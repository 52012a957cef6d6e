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

/** Undefined where the scope does not bind the name. */
function resolveIn(name: string, scope: Scope, program: Program, read: Read): Values | undefined {
  const bindings = scope.bindings.get(name) ?? [];
  const parameters = scope.parameters.filter((parameter) => parameter.name === name);
  const functions = scope.functions.filter((inner) => inner.name === name);
  const classes = scope.classes.filter((inner) => inner.name === name);
  const imports = scope.imports.filter((one) => one.bound === name);
  const count =
    bindings.length + parameters.length + functions.length + classes.length + imports.length;
  if (count === 0) return resolveStar(name, scope, program, read);
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
