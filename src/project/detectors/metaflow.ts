import type { DetectedStage, Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { readFlowFiles } from '../frameworks/flowFiles';
import { flowId, scriptedStage, servedStage } from '../frameworks/flowStage';
import { findFrameworkModules, modulesOf } from '../frameworks/frameworkModules';
import {
  findCallsOf,
  findDecorator,
  qualifiedName,
  textArgument,
} from '../frameworks/qualifiedName';
import { joinDetections } from '../frameworks/joinDetections';
import { folderOf, resolvePath } from '../files/paths';
import type { CallExpression, Module, Scope } from '../python/syntax';

const FLOW = /^metaflow(?:\.flowspec)?\.FlowSpec$/;
const STEP = /^metaflow(?:\.decorators)?\.step$/;
const PARAMETER = /^metaflow(?:\.parameters)?\.Parameter$/;
const INCLUDED = /^metaflow(?:\.includefile)?\.IncludeFile$/;

/** Metaflow: every class that is a flow is a stage, which `python FILE run` runs. */
export const metaflowDetector: Detector = {
  name: 'metaflow',
  async detect({ files, signal }) {
    const found: Detection[] = [];
    for (const module of await modulesOf('metaflow', files)) {
      signal?.throwIfAborted();
      found.push(await describeModule(module, files));
    }
    return joinDetections('metaflow', found);
  },
};

async function describeModule(module: Module, files: FileIndex): Promise<Detection> {
  const flows = flowsOf(module.scope);
  if (flows.length === 0) return {};
  const { store } = await findFrameworkModules(files);
  const found = await readFlowFiles(module, files, store);
  const stages = flows.map((flow): DetectedStage => {
    const source = { file: module.path, line: flow.line };
    const steps = flow.functions.filter((one) => findDecorator(one, STEP) !== undefined);
    const parameters = findCallsOf(flow, PARAMETER).map(({ call }) => call.line);
    const included = findCallsOf(flow, INCLUDED);
    const lines = [
      ...steps.map((one) => one.line),
      ...parameters,
      ...included.map(({ call }) => call.line),
    ];
    const evidence = lines.map((line) => ({ file: module.path, line }));
    const id = flowId(module.path, flow.name, flows.length === 1);
    const run = { tool: 'metaflow', id, name: flow.name, source, evidence } as const;
    const dependencies = included.flatMap(({ call }) =>
      includedFile(call, found.cwd, module, files),
    );
    if (!isRun(flow, module)) {
      const notRunnable = `nothing in ${module.path} runs it`;
      return servedStage({ ...run, notRunnable, dependencies });
    }
    return scriptedStage({ ...run, path: module.path, words: ['run'], dependencies }, found);
  });
  const { datasets, models, metrics } = found;
  return { stages, datasets, models, metrics };
}

/** `default="data.csv"`, or `default=beside("data.csv")` of a function that looks beside the script. */
function includedFile(
  call: CallExpression,
  cwd: string,
  module: Module,
  files: FileIndex,
): readonly string[] {
  const given = call.keywords.find(({ name }) => name === 'default')?.value;
  if (given?.kind === 'text') return [resolvePath(cwd, given.text) ?? []].flat();
  const name = given?.kind === 'call' ? textArgument(given, 0) : undefined;
  const beside = name === undefined ? undefined : resolvePath(folderOf(module.path), name);
  return beside !== undefined && files.has(beside) ? [beside] : [];
}

/** The classes that are flows and have steps, themselves or by a class of the same file. */
function flowsOf(module: Scope): readonly Scope[] {
  const isFlow = (one: Scope, depth = 0): boolean =>
    one.bases.some((base) => {
      if (FLOW.test(qualifiedName(base, module) ?? '')) return true;
      const name = base.kind === 'name' ? base.name : '';
      const own = module.classes.find((other) => other.name === name);
      return own !== undefined && depth < 8 && isFlow(own, depth + 1);
    });
  return module.classes.filter(
    (one) => isFlow(one) && one.functions.some((inner) => findDecorator(inner, STEP) !== undefined),
  );
}

/** Whether the file makes the flow where it is run: `if __name__ == "__main__": Flow()`. */
function isRun(flow: Scope, { scope }: Module): boolean {
  return [scope, ...scope.functions].some((one) =>
    one.calls.some(({ call }) => call.callee.kind === 'name' && call.callee.name === flow.name),
  );
}
