import { findClosing } from './makeSyntax';
import { callMakeFunction, isMakeFunction } from './makeFunctions';
import type { Expander, MakeFiles } from './expander';

interface Variable {
  readonly value: string;
  /** Whether the value is expanded each time it is used. */
  readonly isRecursive: boolean;
}

/** Variables that the environment has; what they are is not known, and stays as it is written. */
const OF_ENVIRONMENT = new Set([
  'CI',
  'CONDA_PREFIX',
  'CURDIR',
  'HOME',
  'HOSTNAME',
  'LOGNAME',
  'MAKEFILE_LIST',
  'OS',
  'PATH',
  'PWD',
  'TMPDIR',
  'USER',
  'VIRTUAL_ENV',
]);
const BUILT_IN: readonly (readonly [string, string])[] = [
  ['MAKE', 'make'],
  ['SHELL', '/bin/sh'],
  ['RM', 'rm -f'],
  ['CC', 'cc'],
];
/** References within references deeper than this, and values longer than this, are not followed. */
const DEEPEST = 60;
const LONGEST = 100_000;
/** As many references of a makefile are followed: those that call each other twice double with each level. */
const MOST_EXPANSIONS = 1_000_000;

/** The value of a variable refers to itself. */
export class RecursiveVariable extends Error {
  constructor(readonly variable: string) {
    super(variable);
  }
}

/** The variables of a makefile, and the expansion of references to them (GNU make manual, chapters 6 and 8). */
export class MakeVariables implements Expander {
  private readonly variables = new Map<string, Variable>(
    BUILT_IN.map(([name, value]) => [name, { value, isRecursive: false }]),
  );
  private readonly expanding: string[] = [];
  private readonly depth: number;
  private expansions = 0;

  constructor(
    readonly files: MakeFiles,
    /** Those of one target, and its automatic ones, come before the others. */
    private readonly outer?: MakeVariables,
  ) {
    this.depth = (outer?.depth ?? 0) + 1;
  }

  /** Variables for one target: what is set here is not seen outside. */
  scopeOfTarget(): MakeVariables {
    return new MakeVariables(this.files, this);
  }

  /** The same for one call, or one loop. */
  scope(name: string): MakeVariables {
    const root = this.root();
    root.expansions += 1;
    const isEndless = this.depth > DEEPEST || root.expansions > MOST_EXPANSIONS;
    if (isEndless) throw new RecursiveVariable(name);
    return new MakeVariables(this.files, this);
  }

  set(name: string, value: string, isRecursive: boolean): void {
    this.variables.set(name, { value: value.slice(0, LONGEST), isRecursive });
  }

  append(name: string, value: string): void {
    const known = this.find(name);
    const isRecursive = known?.isRecursive ?? true;
    const added = isRecursive ? value : this.expand(value);
    this.set(name, known === undefined ? added : `${known.value} ${added}`.trim(), isRecursive);
  }

  isDefined(name: string): boolean {
    return (this.find(name)?.value ?? '') !== '';
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** As it was written; empty where there is none. */
  raw(name: string): string {
    return this.find(name)?.value ?? '';
  }

  private find(name: string): Variable | undefined {
    const own = this.variables.get(name);
    // The outer ones that a target's variable was built on were set before it.
    return own ?? this.outer?.find(name);
  }

  /**
   * A text with its references expanded; what only running could tell (`$(shell …)`) stays as it is written.
   * @throws RecursiveVariable
   */
  expand(text: string): string {
    if (!text.includes('$')) return text;
    let expanded = '';
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] !== '$') {
        expanded += text[at] ?? '';
        continue;
      }
      const next = text[at + 1] ?? '';
      if (next === '$') expanded += '$';
      else if (next !== '(' && next !== '{') expanded += this.valueOf(next, `$${next}`);
      if (next !== '(' && next !== '{') {
        at += 1;
        continue;
      }
      const end = findClosing(text, at + 2);
      if (end === undefined) return expanded + text.slice(at);
      expanded += this.expandReference(text.slice(at + 2, end), text.slice(at, end + 1));
      at = end;
      if (expanded.length > LONGEST) return expanded;
    }
    return expanded;
  }

  private expandReference(inner: string, written: string): string {
    const [, name = '', words = ''] = /^([a-z-]+)\s+([\s\S]*)$/.exec(inner) ?? [];
    if (isMakeFunction(name)) return callMakeFunction(name, words, this) ?? written;
    const reference = this.expand(inner);
    const substitution = /^([^:]+):([^=]*)=(.*)$/s.exec(reference);
    if (substitution === null) return this.valueOf(reference, written);
    const [, variable = '', from = '', to = ''] = substitution;
    const pattern = from.includes('%') ? [from, to] : [`%${from}`, `%${to}`];
    const call = `${pattern.join(',')},${this.valueOf(variable, written)}`;
    return callMakeFunction('patsubst', call, this) ?? written;
  }

  private valueOf(name: string, written: string): string {
    const variable = this.find(name);
    if (variable === undefined) return OF_ENVIRONMENT.has(name) ? written : '';
    if (!variable.isRecursive) return variable.value;
    const root = this.root();
    if (root.expanding.includes(name)) throw new RecursiveVariable(name);
    root.expansions += 1;
    if (root.expanding.length > DEEPEST || root.expansions > MOST_EXPANSIONS) return written;
    root.expanding.push(name);
    try {
      return this.expand(variable.value);
    } finally {
      root.expanding.pop();
    }
  }

  private root(): MakeVariables {
    return this.outer?.root() ?? this;
  }
}
