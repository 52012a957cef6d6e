import type { Evidence } from '../../base/evidence';
import type { Problem } from '../../base/problem';
import type { Interpreter } from '../evaluate/interpreter';
import type { PyFunction, PyValue } from '../evaluate/pyValue';
import type { Code } from '../evaluate/code';
import type { Section } from './snakefile';

/** What is known of the files that a workflow is read from and works on. */
export interface WorkflowFiles {
  /** The text of a Snakefile or of a configuration, relative to the project's root; undefined: there is none. */
  readText(path: string): Promise<string | undefined>;
  /** Files in a folder and below it, relative to the project's root. */
  list(folder: string): readonly string[] | undefined;
}

/** A file that a rule reads or writes. */
export type RuleItem =
  | {
      readonly kind: 'path';
      readonly name?: string;
      /** With wildcards, and holes for what is not known. */
      readonly path: string;
      readonly flags: ReadonlySet<string>;
    }
  /** An input function. */
  | {
      readonly kind: 'function';
      readonly name?: string;
      readonly value: PyFunction;
      readonly unpack: boolean;
    }
  | { readonly kind: 'unknown'; readonly name?: string };

export interface RuleParam {
  readonly name?: string;
  readonly value: PyValue;
}

/** What a rule does. */
export interface RuleAction {
  readonly kind: 'run' | 'shell' | 'script' | 'notebook' | 'wrapper' | 'template_engine' | 'cwl';
  /** The command, or the path of the script from the folder of its Snakefile. */
  readonly value: PyValue;
  readonly section: Section;
}

export interface Rule {
  readonly name: string;
  readonly isCheckpoint: boolean;
  readonly source: Evidence;
  /** Why it is not known whether it exists: it stands below a condition that is not known. */
  readonly isConditional: boolean;
  readonly input: readonly RuleItem[];
  readonly output: readonly RuleItem[];
  readonly log: readonly RuleItem[];
  readonly benchmark: readonly RuleItem[];
  readonly params: readonly RuleParam[];
  readonly threads: PyValue;
  readonly resources: ReadonlyMap<string, PyValue>;
  readonly action?: RuleAction;
  readonly constraints: ReadonlyMap<string, string>;
  /** The folder of its Snakefile, relative to the project's root. */
  readonly folder: string;
  /** The text of everything that it says, to look for `rules.x` and `config["y"]`. */
  readonly code: readonly Code[];
  /** Rules whose output its input functions ask for. */
  readonly mentions: readonly string[];
  /** `config/config.yaml:samples`. */
  readonly parameters: readonly string[];
  readonly hasSoftwareEnvironment: boolean;
}

export interface Workflow {
  /** The Snakefile that is given to Snakemake, relative to the project's root. */
  readonly entry: string;
  /** The folder that Snakemake is started in. */
  readonly folder: string;
  /** The folder that paths are relative to: another one where `workdir:` says so; undefined where that is unknown. */
  readonly workdir: string | undefined;
  /** In the order of their definition. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly defaultTarget: string | undefined;
  /** `ruleorder`, the last one counts first. */
  readonly ruleorder: readonly (readonly string[])[];
  /** What is not known of it: a remote module, an include whose path is not known. */
  readonly gaps: readonly string[];
  /** Every Snakefile that was read. */
  readonly snakefiles: readonly string[];
  readonly configfiles: readonly string[];
  readonly problems: readonly Problem[];
  readonly interpreter: Interpreter;
}
