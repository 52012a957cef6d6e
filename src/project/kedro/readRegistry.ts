import type { Evidence } from '../../base/evidence';
import type { Problem } from '../../base/problem';
import type { FileIndex } from '../files/fileIndex';
import { UNKNOWN, type PyValue } from '../evaluate/pyValue';
import { findPipelines } from './findPipelines';
import { KedroInterpreter, NO_ARGUMENTS } from './kedroInterpreter';
import { KedroModules, lineAt, type KedroModule } from './kedroModules';
import { pipelineOf, type KedroPipeline } from './kedroPipeline';
import type { KedroProject } from './kedroProject';

/** What `kedro registry list` lists, with what is in it. */
export interface Registry {
  /** By name, `__default__` among them. */
  readonly pipelines: ReadonlyMap<string, RegisteredPipeline>;
  readonly modules: KedroModules;
  /** `settings.py` as far as it can be told: the values of its names. */
  readonly settings: ReadonlyMap<string, PyValue>;
  readonly problems: readonly Problem[];
  /** Whether `kedro run --pipelines` finds these where it loads the code of no others, as it does since Kedro 1.5. */
  canSelect(names: readonly string[]): boolean;
}

export interface RegisteredPipeline extends KedroPipeline {
  /** Where the registry names it; absent where it is found by where it lies. */
  readonly entry?: Evidence;
}

/**
 * Reads the pipelines that a Kedro project registers, from the syntax of its Python.
 * Problems `kedro-registry-unread` and `kedro-pipeline-unread` for what cannot be told, with the place.
 */
export async function readRegistry(project: KedroProject, files: FileIndex): Promise<Registry> {
  const modules = await KedroModules.load(project, files);
  const interpreter = new KedroInterpreter(modules, project.package);
  const registry = modules.find(`${project.package}.pipeline_registry`);
  const pipelines = new Map<string, RegisteredPipeline>();
  addPipelines(registered(registry, interpreter), registry, pipelines);
  if (pipelines.size === 0) addPipelines(findPipelines(interpreter), undefined, pipelines);
  for (const [name, { isOpen, source }] of pipelines) {
    if (isOpen && source.file !== '') interpreter.report(describeUnread(name, source));
  }
  const settings = modules.find(`${project.package}.settings`);
  return {
    pipelines,
    modules,
    settings: settings === undefined ? new Map() : interpreter.scopeOf(settings).variables,
    problems: interpreter.problems,
    canSelect: (names) =>
      registry === undefined ||
      !interpreter.hasSearched ||
      canSelect(
        names,
        registry,
        pipelines,
        new KedroInterpreter(modules, project.package, new Set(names)),
      ),
  };
}

/** A registry that takes one of the found pipelines by its name fails where that one was not asked for. */
function canSelect(
  names: readonly string[],
  registry: KedroModule,
  pipelines: ReadonlyMap<string, KedroPipeline>,
  interpreter: KedroInterpreter,
): boolean {
  // Where not all is understood, nothing can be said against it.
  if ([...pipelines.values()].some((one) => one.isOpen)) return true;
  const value = registered(registry, interpreter);
  if (value.kind !== 'dict' || value.open) return false;
  const all = [...value.entries.values()];
  // `sum` of no pipelines is 0.
  if (!all.every((one) => one.value.kind === 'int' || pipelineOf(one.value)?.isOpen === false)) {
    return false;
  }
  return names.every((name) => {
    const entry = all.find(({ key }) => key.kind === 'text' && key.text === name);
    return pipelineOf(entry?.value)?.nodes.length === pipelines.get(name)?.nodes.length;
  });
}

/** What `register_pipelines()` gives. */
function registered(registry: KedroModule | undefined, interpreter: KedroInterpreter): PyValue {
  if (registry === undefined) return UNKNOWN;
  const maker = interpreter.scopeOf(registry).variables.get('register_pipelines');
  const value = maker === undefined ? UNKNOWN : interpreter.call(maker, NO_ARGUMENTS);
  if (value.kind === 'dict' && !value.open) return value;
  const line = maker?.kind === 'function' ? lineAt(maker.code.text, maker.node.from) : 1;
  const found = value.kind === 'dict' && value.entries.size > 0;
  interpreter.report({
    code: 'kedro-registry-unread',
    message: found
      ? 'There may be more pipelines than those shown: this function does something that cannot be told without running it.'
      : 'Which pipelines this file registers cannot be told without running it: those shown are the folders of `pipelines` that have a `create_pipeline`.',
    file: registry.file,
    line,
    fix: '`kedro registry list` tells.',
  });
  return value;
}

function addPipelines(
  value: PyValue,
  registry: KedroModule | undefined,
  pipelines: Map<string, RegisteredPipeline>,
): void {
  if (value.kind !== 'dict') return;
  for (const { key, value: one } of value.entries.values()) {
    if (key.kind !== 'text') continue;
    const entry = registry === undefined ? undefined : findEntry(registry, key.text);
    const place = entry ?? { file: registry?.file ?? '', line: 1 };
    const pipeline = pipelineOf(one) ?? { nodes: [], isOpen: true, source: place };
    pipelines.set(key.text, { ...pipeline, ...(entry === undefined ? {} : { entry }) });
  }
}

/** Where a registry writes a name in quotes. */
function findEntry({ text, file }: KedroModule, name: string): Evidence | undefined {
  const at = Math.max(text.indexOf(`"${name}"`), text.indexOf(`'${name}'`));
  return at === -1 ? undefined : { file, line: lineAt(text, at) };
}

function describeUnread(name: string, source: Evidence): Problem {
  return {
    code: 'kedro-pipeline-unread',
    message: `What the pipeline "${name}" reads and writes is not all known: its code does something that cannot be told without running it.`,
    ...source,
  };
}
