import { resolvePath } from '../files/paths';
import { ConfigVariables } from './configKeys';
import { Interpreter } from '../evaluate/interpreter';
import { dict } from '../evaluate/pyValue';
import { ModuleRules, type OpenModule } from './moduleRules';
import { openNamespace, type WorkflowState } from './namespace';
import { RuleReader } from './ruleReader';
import { snakemakeFunctions } from './snakemakeFunctions';
import type { Workflow, WorkflowFiles } from './workflow';
import { startFolder } from './workflowPlace';
import { WorkflowReader } from './workflowReader';

const openModule: OpenModule = (state, names, use, outer) =>
  new WorkflowReader(
    state,
    names,
    (reader) => new ModuleRules(reader, use, outer.ruleReader, openModule),
    outer,
  );

/**
 * Reads a workflow: its Snakefile, what it includes, its configuration, its modules. Nothing is run. Problems:
 * `snakemake-invalid`, `snakemake-include-missing`, `snakemake-include-circular`, `snakemake-rule-twice`,
 * `snakemake-config-missing`, `yaml-invalid`.
 */
export async function loadWorkflow(entry: string, files: WorkflowFiles): Promise<Workflow> {
  // The parser's tables are loaded only where there is a workflow.
  const { parser } = await import('@lezer/python');
  const folder = startFolder(entry);
  const listFiles = (within: string): readonly string[] | undefined => {
    const base = state.workdir;
    const path = base === undefined ? undefined : resolvePath(base, within);
    if (base === undefined || path === undefined) return undefined;
    const cut = base === '.' ? 0 : base.length + 1;
    return files.list(path)?.map((file) => file.slice(cut));
  };
  const functions = snakemakeFunctions(listFiles);
  const state: WorkflowState = {
    files,
    interpreter: new Interpreter(parser, functions.call, functions.isKnown),
    folder,
    workdir: folder,
    rules: new Map(),
    defaultTarget: undefined,
    ruleorder: [],
    gaps: new Set(),
    snakefiles: new Set(),
    configfiles: [],
    problems: [],
    variables: new ConfigVariables(),
  };
  const reader = new WorkflowReader(
    state,
    openNamespace(dict([])),
    (own) => new RuleReader(own, openModule),
  );
  await reader.readFile(entry, true);
  return {
    ...state,
    entry,
    gaps: [...state.gaps],
    snakefiles: [...state.snakefiles],
    configfiles: state.configfiles.map(({ path }) => path),
  };
}
