import type { Code } from '../evaluate/code';

/**
 * A Snakefile as it is written: Python, with blocks of Snakemake's own. Source: the language's grammar in
 * https://snakemake.readthedocs.io/en/stable/snakefiles/writing_snakefiles.html#grammar
 */

export type Statement =
  /** Statements that have nothing of Snakemake in them. */
  | { readonly kind: 'python'; readonly code: Code }
  | BranchStatement
  /** `for`, `while`, `with`, `def` … around statements of Snakemake. */
  | { readonly kind: 'block'; readonly header: Code; readonly body: readonly Statement[] }
  | DirectiveStatement
  | RuleStatement
  | UseStatement
  | ModuleStatement;

/** `if`, `elif` and `else` around statements of Snakemake; the condition is absent for `else`. */
export interface BranchStatement {
  readonly kind: 'branch';
  readonly branches: readonly {
    readonly condition?: Code;
    readonly body: readonly Statement[];
  }[];
}

/** `include: "rules/train.smk"`, `ruleorder: a > b`. */
export interface DirectiveStatement {
  readonly kind: 'directive';
  readonly name: string;
  readonly arguments: Code;
}

/** `input:` and what follows it. */
export interface Section {
  readonly name: string;
  readonly arguments: Code;
  /** The lines of it as they are written, the one of its keyword first. */
  readonly lines: readonly string[];
}

export interface RuleStatement {
  readonly kind: 'rule';
  readonly isCheckpoint: boolean;
  /** Absent for a rule without a name. */
  readonly name?: string;
  readonly line: number;
  readonly sections: readonly Section[];
}

/** `use rule a, b from module exclude c as other_* with:`. */
export interface UseStatement {
  readonly kind: 'use';
  /** `*` alone for all. */
  readonly rules: readonly string[];
  readonly module?: string;
  readonly excluded: readonly string[];
  readonly alias?: string;
  readonly line: number;
  readonly sections: readonly Section[];
}

export interface ModuleStatement {
  readonly kind: 'module';
  readonly name: string;
  readonly line: number;
  readonly sections: readonly Section[];
}

/** The sections that say what a rule does; one of them at most. */
export const ACTIONS: ReadonlySet<string> = new Set([
  'run',
  'shell',
  'script',
  'notebook',
  'wrapper',
  'template_engine',
  'cwl',
]);

/** What can stand in a rule besides its action. */
export const RULE_SECTIONS: ReadonlySet<string> = new Set([
  'name',
  'input',
  'output',
  'params',
  'threads',
  'resources',
  'retries',
  'priority',
  'log',
  'message',
  'benchmark',
  'conda',
  'singularity',
  'container',
  'containerized',
  'envmodules',
  'wildcard_constraints',
  'shadow',
  'group',
  'cache',
  'handover',
  'default_target',
  'localrule',
  'pathvars',
  'version',
]);

/** What stands outside of rules and takes arguments. */
export const DIRECTIVES: ReadonlySet<string> = new Set([
  'envvars',
  'include',
  'workdir',
  'configfile',
  'pathvars',
  'pepfile',
  'pepschema',
  'report',
  'ruleorder',
  'localrules',
  'onsuccess',
  'onerror',
  'onstart',
  'wildcard_constraints',
  'singularity',
  'container',
  'containerized',
  'conda',
  'scattergather',
  'inputflags',
  'outputflags',
  'storage',
  'resource_scopes',
]);
