import type { FileIndex } from '../files/fileIndex';
import { extensionOf } from '../files/paths';
import { parseYaml } from '../yamlNode';
import { readOption, type ProgramOption } from './argumentParser';
import { calleeName } from './calleeName';
import { Evaluator } from './evaluator';
import { findAccesses, type Access } from './findAccesses';
import type { ModuleStore } from './moduleStore';
import { loadProgram, type Program } from './program';
import { reachCalls } from './reachCalls';
import type { Import, Module, Scope } from './syntax';
import { valueOfData, type TextValue, type Values } from './values';

/** What a script was found to do, without running it. */
export interface ScriptAnalysis {
  readonly module: Module;
  /** The files of the project that it imports, without itself. */
  readonly imported: readonly string[];
  readonly accesses: readonly Access[];
  /** The full names of what it imports itself, and with the modules of the project that it imports. */
  readonly ownUses: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
  /** The options of its command line. */
  readonly options: readonly ProgramOption[];
  /** The names of the methods and functions that it calls. */
  readonly called: ReadonlySet<string>;
  /** Whether the module does something when it is run. */
  readonly isRunnable: boolean;
  /** Whether some call reads or writes files, even where it is not known which. */
  readonly hasFileCalls: boolean;
  /** SQL that is written out in it. */
  readonly statements: readonly string[];
}

export interface AnalysisOptions {
  /** The words after the script, as it is run. */
  readonly argumentWords: readonly string[];
  /** Where a path of the script lies, relative to the root. */
  readonly locate: (path: TextValue) => string | undefined;
}

/** A configuration file can name another one; more rounds than this say no more. */
const MOST_ROUNDS = 3;

export async function analyzeScript(
  module: Module,
  files: FileIndex,
  store: ModuleStore,
  options: AnalysisOptions,
): Promise<ScriptAnalysis> {
  const program = await loadProgram(module, files, store);
  const configs = new Map<string, Values>();
  let analysis: ScriptAnalysis | undefined;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = new Set<string>();
    analysis = analyzeOnce(program, options, (path) => {
      const located = options.locate(path);
      if (located === undefined || !isConfigFile(located)) return [];
      if (!configs.has(located)) wanted.add(located);
      return configs.get(located) ?? [];
    });
    if (wanted.size === 0) break;
    for (const path of wanted) configs.set(path, await readConfig(path, files));
  }
  return analysis as ScriptAnalysis;
}

function isConfigFile(path: string): boolean {
  return ['.yaml', '.yml', '.json'].includes(extensionOf(path));
}

/** Longer ones are data. */
const LONGEST_CONFIG = 200_000;

async function readConfig(path: string, files: FileIndex): Promise<Values> {
  if (!files.has(path)) return [];
  const text = await files.readText(path);
  if (!text.ok || text.value.length > LONGEST_CONFIG) return [];
  // Many scripts of a project read the same ones.
  return files.derive('configuration', path, text.value, () => {
    const data = parseYaml(text.value, path).root.toValue();
    return valueOfData(data, data);
  });
}

function analyzeOnce(
  program: Program,
  options: AnalysisOptions,
  configOf: (path: TextValue) => Values,
): ScriptAnalysis {
  const context = { program, configOf, argumentWords: options.argumentWords };
  const names = new Evaluator({ ...context, callSites: new Map(), optionCalls: [] });
  const { calls, callSites } = reachCalls(program, names);
  const optionCalls = calls.filter(({ call }) => calleeName(call) === 'add_argument');
  const evaluation = new Evaluator({ ...context, callSites, optionCalls });
  const found = calls.map(({ call, scope }) => ({
    scope,
    ...findAccesses(call, scope, evaluation),
  }));
  const { entry } = program;
  return {
    module: entry,
    imported: program.modules.filter((one) => one !== entry).map((one) => one.path),
    accesses: found.flatMap((one) => one.accesses),
    ownUses: usesOf([entry]),
    uses: usesOf(program.modules),
    options: optionCalls.flatMap(({ call, scope }) => readOption(call, scope) ?? []),
    called: new Set(calls.flatMap(({ call }) => calleeName(call) ?? [])),
    isRunnable: entry.mainGuard !== undefined || runsAtTop(entry, callSites, found),
    hasFileCalls: found.some((one) => one.known),
    statements: calls.flatMap(({ call }) =>
      call.positional.flatMap((value) =>
        value.kind === 'text' && isSql(value.text) ? [value.text] : [],
      ),
    ),
  };
}

/** Whether the module's own lines read or write files or call functions of the project, and not only define things. */
function runsAtTop(
  entry: Module,
  callSites: ReadonlyMap<Scope, readonly { readonly scope: Scope }[]>,
  found: readonly { readonly scope: Scope; readonly known: boolean }[],
): boolean {
  if (found.some((one) => one.known && one.scope === entry.scope)) return true;
  return [...callSites.values()].some((sites) => sites.some((site) => site.scope === entry.scope));
}

function usesOf(modules: readonly Module[]): ReadonlySet<string> {
  const names = modules.flatMap((module) =>
    importsOf(module.scope).map((one) => [one.module, one.name].filter(Boolean).join('.')),
  );
  return new Set(names);
}

function importsOf(scope: Scope): readonly Import[] {
  return [...scope.imports, ...[...scope.functions, ...scope.classes].flatMap(importsOf)];
}

function isSql(text: string): boolean {
  return /^\s*(?:select|with|insert|update|delete|create|drop|alter|replace|copy)\s/i.test(text);
}
