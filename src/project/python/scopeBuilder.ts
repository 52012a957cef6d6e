import type { Binding, Expression, Import, Parameter, Scope, ScopedCall } from './syntax';

/** A scope while it is being read. */
export class ScopeBuilder implements Scope {
  readonly bindings = new Map<string, Binding[]>();
  readonly attributes = new Map<string, Binding[]>();
  readonly imports: Import[] = [];
  readonly parameters: Parameter[] = [];
  readonly decorators: Expression[] = [];
  readonly returns: Expression[] = [];
  readonly calls: ScopedCall[] = [];
  readonly functions: ScopeBuilder[] = [];
  readonly classes: ScopeBuilder[] = [];
  readonly bases: Expression[] = [];

  constructor(
    readonly kind: Scope['kind'],
    readonly name: string,
    readonly line: number,
    readonly parent: ScopeBuilder | undefined,
  ) {}

  bind(name: string, binding: Binding): void {
    add(this.bindings, name, binding);
  }

  /** `scope` is the method that the value is to be understood in. */
  bindAttribute(name: string, binding: Binding, scope: Scope): void {
    add(this.attributes, name, { ...binding, scope });
  }

  enclosingClass(): ScopeBuilder | undefined {
    return this.kind === 'class' ? this : this.parent?.enclosingClass();
  }
}

function add(bindings: Map<string, Binding[]>, name: string, binding: Binding): void {
  const known = bindings.get(name);
  if (known === undefined) bindings.set(name, [binding]);
  else known.push(binding);
}
