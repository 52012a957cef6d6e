/**
 * Python as far as detection looks at it: expressions, and scopes with the names that are bound in them. What is of
 * no use for finding files is `other`, with the expressions inside it.
 */

interface Located {
  /** 1-based. */
  readonly line: number;
}

export type Expression = Located &
  (
    | { readonly kind: 'text'; readonly text: string }
    /** An f-string. */
    | { readonly kind: 'format'; readonly parts: readonly Expression[] }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'constant'; readonly value: boolean | null }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    /** The index is absent for slices. */
    | { readonly kind: 'subscript'; readonly object: Expression; readonly index?: Expression }
    | CallExpression
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** A list, tuple or set. */
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'dict'; readonly entries: readonly DictEntry[] }
    /** `a if c else b`, `a or b`: one of them. */
    | { readonly kind: 'choice'; readonly options: readonly Expression[] }
    /** `[item for … in …]`: any number of items. */
    | { readonly kind: 'each'; readonly item: Expression }
    | { readonly kind: 'other'; readonly children: readonly Expression[] }
  );

export interface CallExpression extends Located {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly positional: readonly Expression[];
  readonly keywords: readonly Keyword[];
  /** Whether `*` or `**` passes more than is written. */
  readonly spreads: boolean;
}

export interface Keyword {
  readonly name: string;
  readonly value: Expression;
}

/** The key is absent for `**more`. */
export interface DictEntry {
  readonly key?: Expression;
  readonly value: Expression;
}

/** Where the value of a name comes from. */
export interface Binding {
  readonly value: Expression;
  /** Which part of it: `0` and `1` of `a, b = value`, `each` of `for a in value`. Outermost first. */
  readonly path: readonly (number | 'each')[];
  /** The method that an attribute is bound in; otherwise a binding belongs to the scope that has it. */
  readonly scope?: Scope;
}

export interface Import extends Located {
  /** `pandas`, `src.data`; empty for `from . import x`. */
  readonly module: string;
  /** The number of dots before it. */
  readonly level: number;
  /** What is imported from it; absent for `import module`, `*` for everything. */
  readonly name?: string;
  /** The name that it is bound to. */
  readonly bound: string;
}

export interface Parameter {
  readonly name: string;
  readonly defaultValue?: Expression;
  readonly kind: 'plain' | 'keyword-only' | 'rest';
}

/** The names that are bound in a module, function or class, and the calls in it, without those of inner functions. */
export interface Scope extends Located {
  readonly kind: 'module' | 'function' | 'class';
  readonly name: string;
  readonly parent: Scope | undefined;
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** `self.x = …` in the methods of a class. */
  readonly attributes: ReadonlyMap<string, readonly Binding[]>;
  readonly imports: readonly Import[];
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly returns: readonly Expression[];
  readonly calls: readonly ScopedCall[];
  readonly functions: readonly Scope[];
  readonly classes: readonly Scope[];
  /** Of a class. */
  readonly bases: readonly Expression[];
}

export interface ScopedCall {
  readonly call: CallExpression;
  /** Whether it runs only where the module is run, not where it is imported. */
  readonly guarded: boolean;
}

export interface Module {
  /** Relative to the project's root. */
  readonly path: string;
  readonly scope: Scope;
  /** The line of `if __name__ == "__main__"`. */
  readonly mainGuard: number | undefined;
}
