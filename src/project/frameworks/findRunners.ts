import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { Evaluator } from '../python/evaluator';
import type { ModuleStore } from '../python/moduleStore';
import { loadProgram } from '../python/program';
import { reachCalls } from '../python/reachCalls';
import type { Module, Scope } from '../python/syntax';

/** A script that runs some of the functions that were asked for. */
export interface Runner {
  readonly module: Module;
  /** In the order of the question. */
  readonly runs: readonly Scope[];
  /** Those that it gives to a server and does not run itself: `flow.serve()`, `flow.deploy()`. */
  readonly serves: readonly Scope[];
}

interface Reached {
  readonly run: ReadonlySet<Scope>;
  readonly served: ReadonlySet<Scope>;
}

const NOTHING: Reached = { run: new Set(), served: new Set() };
const SERVES = /^(?:serve|deploy|to_deployment|from_source)$/;

/** A main guard, or a call at the left margin. */
const RUNS = /^(?:if\s*\(?\s*__name__|[\w.]+\()/m;
const MOST_CANDIDATES = 300;
const OTHER =
  /(?:^|\/)(?:tests?|docs?|site-packages|\.[^/]+)\/|(?:^|\/)(?:test_[^/]*|__init__|conftest)\.py$/;

/** The scripts whose run reaches a call of one of these functions, wherever the functions are defined. */
export async function findRunners(
  functions: readonly Scope[],
  files: FileIndex,
  store: ModuleStore,
): Promise<readonly Runner[]> {
  if (functions.length === 0) return [];
  const names = new Set(functions.map((one) => one.name));
  const candidates: string[] = [];
  await mapConcurrent(files.withExtension('.py'), 16, async (path) => {
    if (OTHER.test(path)) return;
    const text = await files.readText(path);
    if (!text.ok || !RUNS.test(text.value)) return;
    if ([...names].some((name) => text.value.includes(name))) candidates.push(path);
  });
  const found: Runner[] = [];
  for (const path of candidates.sort().slice(0, MOST_CANDIDATES)) {
    const module = await store.load(path);
    if (module === undefined) continue;
    const reached = await reachedFrom(module, files, store);
    const runs = functions.filter((one) => reached.run.has(one));
    const serves = functions.filter((one) => reached.served.has(one) && !reached.run.has(one));
    if (runs.length + serves.length > 0) found.push({ module, runs, serves });
  }
  return found;
}

/** The functions of the project that are called when a script is run; none where it only defines things. */
async function reachedFrom(module: Module, files: FileIndex, store: ModuleStore): Promise<Reached> {
  const isRun = module.mainGuard !== undefined || module.scope.calls.length > 0;
  if (!isRun) return NOTHING;
  const program = await loadProgram(module, files, store);
  const evaluator = new Evaluator({
    program,
    argumentWords: [],
    callSites: new Map(),
    optionCalls: [],
    configOf: () => [],
  });
  const { calls, callSites } = reachCalls(program, evaluator);
  const run = new Set(callSites.keys());
  const served = new Set<Scope>();
  for (const { call, scope } of calls) {
    // `train.with_options(…)()`, `train.serve()`: a method of what the decorator makes of the function.
    if (call.callee.kind !== 'attribute') continue;
    for (const value of evaluator.evaluate(call.callee.object, scope)) {
      if (value.kind === 'function')
        (SERVES.test(call.callee.name) ? served : run).add(value.scope);
    }
  }
  return { run, served };
}
