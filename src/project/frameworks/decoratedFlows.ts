import type { Evidence } from '../../base/evidence';
import type { DetectedStage, Detection } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { stemOf } from '../files/paths';
import type { PipelineTool } from '../project';
import type { Module, Scope } from '../python/syntax';
import { findRunners, type Runner } from './findRunners';
import { joinFlowFiles, readFlowFiles, type FlowFiles } from './flowFiles';
import { flowId, scriptedStage, servedStage } from './flowStage';
import { findFrameworkModules, modulesOf } from './frameworkModules';
import { decoratedFunctions, findDecorator, textArgument } from './qualifiedName';

/** A framework whose pipelines are functions with a decorator, which a script calls: Prefect, ZenML. */
export interface DecoratorFramework {
  readonly tool: Extract<PipelineTool, 'prefect' | 'zenml'>;
  readonly flow: RegExp;
  readonly step: RegExp;
  /** Why a pipeline cannot be run that no script calls, or only gives to a server. */
  notCalled(flow: DecoratedFlow, servedBy: Module | undefined): string;
}

export interface DecoratedFlow {
  readonly module: Module;
  readonly scope: Scope;
}

/** One stage for each script that runs pipelines, and one for each pipeline that only a server runs. */
export async function describeDecorated(
  framework: DecoratorFramework,
  files: FileIndex,
  signal: AbortSignal | undefined,
): Promise<readonly Detection[]> {
  const modules = await modulesOf(framework.tool, files);
  const flows = modules.flatMap((module): readonly DecoratedFlow[] =>
    decoratedFunctions(module.scope, framework.flow).map((scope) => ({ module, scope })),
  );
  if (flows.length === 0) return [];
  const steps = modules.flatMap((module) =>
    decoratedFunctions(module.scope, framework.step).map((scope) => ({ module, scope })),
  );
  const { store } = await findFrameworkModules(files);
  const runners = await findRunners(
    flows.map((one) => one.scope),
    files,
    store,
  );
  const found: Detection[] = [];
  for (const runner of runners) {
    signal?.throwIfAborted();
    if (runner.runs.length === 0) continue;
    const read = await readBehind(runner, flows, files);
    found.push(describeRunner(runner, flows, steps, framework, read));
  }
  const called = new Set(runners.flatMap((runner) => runner.runs));
  const uncalled = flows.filter(({ scope }) => !called.has(scope));
  const stages = uncalled.map((one) => served(one, flows, runners, framework));
  return [...found, { stages }];
}

/** What the script and the modules of its pipelines read and write. */
async function readBehind(
  { module, runs }: Runner,
  flows: readonly DecoratedFlow[],
  files: FileIndex,
): Promise<FlowFiles> {
  const { store } = await findFrameworkModules(files);
  const defining = new Set(
    flows.filter((one) => runs.includes(one.scope)).map((one) => one.module),
  );
  defining.delete(module);
  const script = await readFlowFiles(module, files, store);
  return joinFlowFiles(
    script,
    await mapConcurrent([...defining], 4, (one) => readFlowFiles(one, files, store)),
  );
}

function describeRunner(
  runner: Runner,
  flows: readonly DecoratedFlow[],
  steps: readonly DecoratedFlow[],
  { tool, flow }: DecoratorFramework,
  read: FlowFiles,
): Detection {
  const { module } = runner;
  const behind = new Set([module.path, ...read.analysis.imported]);
  const run = topFlows(flows, runner);
  const guard = { file: module.path, line: module.mainGuard ?? 1 };
  const [first] = run;
  const stage = scriptedStage(
    {
      tool,
      path: module.path,
      name:
        first !== undefined && run.length === 1 ? flowName(first.scope, flow) : stemOf(module.path),
      words: [],
      source: first === undefined ? guard : placeOf(first),
      evidence: [
        guard,
        ...[...run, ...steps.filter((step) => behind.has(step.module.path))].map(placeOf),
      ],
    },
    read,
  );
  const { datasets, models, metrics } = read;
  return { stages: [stage], datasets, models, metrics };
}

/** Without those that a flow of the same file calls: they are parts of it. */
function topFlows(flows: readonly DecoratedFlow[], { runs }: Runner): readonly DecoratedFlow[] {
  const run = flows.filter(({ scope }) => runs.includes(scope));
  const inner = run.filter(({ scope }) => run.some((other) => calls(other.scope, scope.name)));
  return inner.length === run.length ? run : run.filter((one) => !inner.includes(one));
}

function calls(outer: Scope, name: string): boolean {
  return outer.calls.some(({ call }) => call.callee.kind === 'name' && call.callee.name === name);
}

function served(
  flow: DecoratedFlow,
  flows: readonly DecoratedFlow[],
  runners: readonly Runner[],
  framework: DecoratorFramework,
): DetectedStage {
  const servedBy = runners.find((runner) => runner.serves.includes(flow.scope))?.module;
  const notRunnable = framework.notCalled(flow, servedBy);
  const name = flowName(flow.scope, framework.flow);
  const isOnly = flows.filter((other) => other.module === flow.module).length === 1;
  const id = flowId(flow.module.path, flow.scope.name, isOnly);
  const source = placeOf(flow);
  const evidence = servedBy === undefined ? [] : [{ file: servedBy.path, line: 1 }];
  return servedStage({ tool: framework.tool, id, name, source, evidence, notRunnable });
}

/** The name that the decorator gives, else the function's. */
export function flowName(scope: Scope, pattern: RegExp): string {
  const decorator = findDecorator(scope, pattern);
  const given = decorator?.kind === 'call' ? textArgument(decorator, -1, 'name') : undefined;
  return given === undefined || given === '' ? scope.name : given;
}

function placeOf({ module, scope }: DecoratedFlow): Evidence {
  return { file: module.path, line: scope.line };
}
