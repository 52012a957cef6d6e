import type { DetectedStage, Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { findRunners, type Runner } from '../frameworks/findRunners';
import { readFlowFiles } from '../frameworks/flowFiles';
import { flowId, scriptedStage, servedStage } from '../frameworks/flowStage';
import { findFrameworkModules, modulesOf } from '../frameworks/frameworkModules';
import { joinDetections } from '../frameworks/joinDetections';
import { findCallsOf, scopesWithin, textArgument } from '../frameworks/qualifiedName';
import type { Module, Scope } from '../python/syntax';

const PIPELINE = /^tfx\.(?:v1\.)?(?:dsl|orchestration\.pipeline|dsl\.compiler)\.Pipeline$/;
const COMPONENT =
  /^tfx\.(?:v1\.)?(?:components|extensions|dsl|types|proto)(?:\..+)?\.(?:[A-Z]\w*)?(?:Gen|Validator|Transform|Trainer|Tuner|Resolver|Evaluator|Pusher|Inferrer|Importer)$/;
const LOCAL_RUNNER = /^tfx\.(?:.*\.)?(?:LocalDagRunner|BeamDagRunner)$/;
const OTHER_RUNNER = /^tfx\.(?:.*\.)?(Kubeflow|Airflow|KubeflowV2)DagRunner$/;

/** TFX: one stage for each pipeline; it runs here where a script gives it to a local runner. */
export const tfxDetector: Detector = {
  name: 'tfx',
  async detect({ files, signal }) {
    const modules = await modulesOf('tfx', files);
    const pipelines = modules.flatMap((module) =>
      scopesWithin(module.scope).flatMap((scope) => pipelineIn(scope, module) ?? []),
    );
    if (pipelines.length === 0) return {};
    const { store } = await findFrameworkModules(files);
    const runners = await findRunners(
      pipelines.map((one) => one.scope),
      files,
      store,
    );
    const found: Detection[] = [];
    for (const pipeline of pipelines) {
      signal?.throwIfAborted();
      const isOnly = pipelines.filter((one) => one.module === pipeline.module).length === 1;
      found.push(await describe(pipeline, isOnly, { runners, modules, files }));
    }
    return joinDetections('tfx', found);
  },
};

interface TfxPipeline {
  readonly module: Module;
  /** The function that makes it, or the file. */
  readonly scope: Scope;
  readonly line: number;
  readonly name: string;
}

function pipelineIn(scope: Scope, module: Module): TfxPipeline | undefined {
  const call = findCallsOf(scope, PIPELINE).find((one) => one.scope === scope)?.call;
  if (call === undefined) return undefined;
  const folder = module.path.split('/').at(-2);
  const own =
    textArgument(call, 0, 'pipeline_name') ?? (scope.kind === 'function' ? scope.name : '');
  const isGeneral =
    own === '' || /^_?(?:create|make|build|get|generate)_(?:\w+_)?pipeline$/.test(own);
  const stem = module.path.slice(module.path.lastIndexOf('/') + 1, -'.py'.length);
  const named = stem === 'pipeline' ? (folder ?? stem) : stem;
  const line = scope.kind === 'function' ? scope.line : call.line;
  return { module, scope, line, name: isGeneral ? named : own };
}

async function describe(
  { module, scope, line, name }: TfxPipeline,
  isOnly: boolean,
  project: {
    readonly runners: readonly Runner[];
    readonly modules: readonly Module[];
    readonly files: FileIndex;
  },
): Promise<Detection> {
  const source = { file: module.path, line };
  const parts = findCallsOf(scope, COMPONENT);
  const kind = parts.some((one) => one.name.endsWith('.Trainer')) ? ('train' as const) : undefined;
  const components = parts.map(({ call }) => ({
    file: module.path,
    line: call.line,
  }));
  const running = project.runners
    .filter((one) => one.runs.includes(scope))
    .map((one) => one.module);
  const callers = scope.kind === 'module' ? [module] : running;
  const local = callers.find((one) => findCallsOf(one.scope, LOCAL_RUNNER).length > 0);
  const base = { tool: 'tfx', name, source, kind } as const;
  if (local === undefined) {
    const server = [...callers, module]
      .flatMap((one) => findCallsOf(one.scope, OTHER_RUNNER))
      .at(0)?.name;
    const where = OTHER_RUNNER.exec(server ?? '')?.[1];
    const stage: DetectedStage = servedStage({
      ...base,
      id: flowId(module.path, scope.name, isOnly),
      evidence: components,
      notRunnable:
        where === undefined ? 'no script of the project runs it here' : `${where} runs it`,
    });
    return { stages: [stage] };
  }
  const { store } = await findFrameworkModules(project.files);
  const read = await readFlowFiles(local, project.files, store);
  const runs = findCallsOf(local.scope, LOCAL_RUNNER).map(({ call }) => ({
    file: local.path,
    line: call.line,
  }));
  const stage = scriptedStage(
    { ...base, path: local.path, words: [], evidence: [...components, ...runs] },
    read,
  );
  return { stages: [stage], datasets: read.datasets, models: read.models, metrics: read.metrics };
}
