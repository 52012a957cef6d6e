import type { Problem } from '../../base/problem';
import type { ConfigVariables } from './configKeys';
import type { Interpreter } from '../evaluate/interpreter';
import type { PyDict, PyValue, Scope } from '../evaluate/pyValue';
import type { Rule, WorkflowFiles } from './workflow';

/** Everything that is found while a workflow is read; modules have a namespace of their own. */
export interface WorkflowState {
  readonly files: WorkflowFiles;
  readonly interpreter: Interpreter;
  readonly folder: string;
  workdir: string | undefined;
  readonly rules: Map<string, Rule>;
  defaultTarget: string | undefined;
  readonly ruleorder: (readonly string[])[];
  readonly gaps: Set<string>;
  readonly snakefiles: Set<string>;
  readonly configfiles: { readonly path: string; readonly value: PyValue }[];
  readonly problems: Problem[];
  readonly variables: ConfigVariables;
}

/** The names that a Snakefile and what it includes share. */
export interface Namespace {
  readonly scope: Scope;
  readonly config: PyDict;
  readonly constraints: Map<string, string>;
  readonly rules: Map<string, PyValue>;
  /** A module that is given a configuration does not read one of its own. */
  readonly skipsConfigfile: boolean;
}

/** The names that Snakemake gives to every Snakefile. */
export function openNamespace(config: PyDict, skipsConfigfile = false): Namespace {
  const rules = new Map<string, PyValue>();
  const variables = new Map<string, PyValue>([
    ['config', config],
    ['rules', { kind: 'object', attributes: rules }],
    ['os', { kind: 'external', name: 'os' }],
    ['Path', { kind: 'external', name: 'Path' }],
  ]);
  return { scope: { variables }, config, constraints: new Map(), rules, skipsConfigfile };
}
